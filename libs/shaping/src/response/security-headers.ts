import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Middleware that forbids to load anything from an answer, to frame it, or to guess its type: every answer is
 * JSON or a redirect. Fields that protect only pages are left out to save bytes; a page sets its own policy.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
}
