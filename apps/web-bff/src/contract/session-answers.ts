import type { SessionEntry } from '@bff/auth-delegation';
import { z } from 'zod';

/** Schemas of the session that are named components of the OpenAPI document. */
export const named = z.registry<{ readonly id: string }>();

const time = z.string().meta({ description: 'ISO 8601.' });

export const sessionAnswer = z
  .object({
    sub: z.string(),
    tenant: z.string(),
    tenants: z
      .array(z.string())
      .readonly()
      .optional()
      .meta({ description: "All of the user's tenants, if there are several; `X-Tenant-ID` selects one." }),
    roles: z.array(z.string()).readonly(),
    permissions: z.array(z.string()).readonly().meta({ description: 'Empty if the provider sends none.' }),
    expires_at: time,
  })
  .register(named, { id: 'SessionAnswer' });

export const sessionEntry: z.ZodType<SessionEntry> = z
  .object({
    id: z.string(),
    kind: z.enum(['browser', 'app', 'agent']).meta({
      description: '`app`: an app or device that holds a token. `agent`: an agent that acts for the user.',
    }),
    client_id: z
      .string()
      .optional()
      .meta({ description: 'Client id of the app or agent; absent for a browser.' }),
    current: z.boolean().meta({ description: 'Whether it is the session of this request.' }),
    device: z.string(),
    created_at: time,
    last_seen_at: time,
    scopes: z.array(z.string()).readonly().optional().meta({ description: 'What the user let an agent do.' }),
  })
  .register(named, { id: 'SessionEntry' });
export const sessionsAnswer = z.array(sessionEntry).register(named, { id: 'SessionsAnswer' });

export const logoutAnswer = z
  .object({
    end_session_url: z
      .string()
      .nullable()
      .meta({ description: 'URL to open, to log out at the provider too; null if it has none.' }),
  })
  .register(named, { id: 'LogoutAnswer' });

/** Error of Back-Channel Logout 1.0, section 2.8. */
export const oauthError = z
  .object({ error: z.string(), error_description: z.string().optional() })
  .register(named, { id: 'OAuthError' });

export type SessionAnswer = z.output<typeof sessionAnswer>;
export type LogoutAnswer = z.output<typeof logoutAnswer>;
