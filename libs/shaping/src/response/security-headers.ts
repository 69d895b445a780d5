import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Every answer of ours is JSON or a redirect, never a page: nothing may be loaded from it, frame it or guess its type. What
 * protects pages only is left out, since it would be bytes on every answer; a page brings its own policy.
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
