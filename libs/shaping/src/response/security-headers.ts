import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Creates middleware that forbids browsers to load anything for an answer, to frame it or to sniff its type:
 * every answer is JSON or a redirect. Fields that protect only pages are omitted to save bytes; a page sets
 * its own policy.
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
