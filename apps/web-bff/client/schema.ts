/* Written by `nx sync` from openapi.json. */
export interface paths {
  '/api/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Profile page, composed of five calls */
    get: operations['getProfile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/home': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Home screen: user, counters, and the newest orders and notifications */
    get: operations['getHome'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List orders, newest first */
    get: operations['listOrders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One order */
    get: operations['getOrder'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List notifications, newest first */
    get: operations['listNotifications'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications/{id}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mark a notification as read; the first `read_at` is kept */
    post: operations['markNotificationRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a notification */
    delete: operations['removeNotification'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the preferences; a change requires their ETag */
    get: operations['getPreferences'];
    /** Replace all preferences */
    put: operations['replacePreferences'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change preferences by a JSON merge patch (RFC 7396) */
    patch: operations['changePreferences'];
    trace?: never;
  };
  '/api/writes/{key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Result of a write, by its Idempotency-Key
     * @description For a client that lost the answer of a write. Finds only writes of the same client and user. 404: there is no record of the write, although it may have been made; repeat it with the same key.
     */
    get: operations['getWriteReceipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Start a login by navigation; a fetch gets 401 */
    get: operations['logIn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Finish a login: redirect URI for the identity provider */
    get: operations['finishLogin'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the user and the end of the session, without extending it */
    get: operations['getSession'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/revalidate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirm the session at the identity provider; call it when an answer says `BFF-Session: revalidate` */
    post: operations['revalidateSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session; also succeeds without a session */
    post: operations['logOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout-page': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session by an HTML form, for pages without script; also succeeds without a session */
    post: operations['logOutFromPage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the user's sessions in browsers and apps, most recently used first, without extending this one */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    /** End all of the user's sessions except this one */
    delete: operations['endOtherSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of the user's sessions */
    delete: operations['endSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/backchannel-logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Receive a logout token from the provider (OpenID Connect Back-Channel Logout 1.0) */
    post: operations['endSessionsFromProvider'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/signals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receive a security event token (RFC 8417) that the transmitter pushes (RFC 8935)
     * @description Not found unless a transmitter is configured.
     */
    post: operations['receiveSignal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    HomeAnswer: {
      name?: string;
      unread_notifications?: number;
      loyalty_tier?: string;
      orders?: components['schemas']['OrderSummary'][];
      notifications?: components['schemas']['Notification'][];
      _meta: components['schemas']['Meta'];
    };
    LogoutAnswer: {
      /** @description URL to open, to log out at the provider too; null if it has none. */
      end_session_url: string | null;
    };
    /** @description How complete this answer is. */
    Meta: {
      /** @description Entity tag without quotes; only in complete answers to reads. */
      etag?: string;
      /** @description Whether every source answered. */
      complete: boolean;
      /** @description The sources that failed, and the fallback shown for each. */
      degraded: {
        source: string;
        /** @enum {string} */
        reason: 'timeout' | 'open' | 'error' | 'shed' | 'bad-response';
        /** @enum {string} */
        fallback: 'stale' | 'tenant' | 'default';
        /** @description Age of stale data in milliseconds. */
        age_ms?: number;
      }[];
    };
    Notification: {
      id?: string;
      /** @description order, offer, account, survey; more may be added. */
      kind?: string;
      title?: string;
      body?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      created_at?: string;
      read_at?: string | null;
    };
    NotificationAnswer: {
      id?: string;
      /** @description order, offer, account, survey; more may be added. */
      kind?: string;
      title?: string;
      body?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      created_at?: string;
      read_at?: string | null;
      _meta: components['schemas']['Meta'];
    };
    NotificationsAnswer: {
      notifications?: components['schemas']['Notification'][];
      /** @description The `cursor` of the next page; null on the last one. */
      next_cursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    OAuthError: {
      error: string;
      error_description?: string;
    };
    Order: {
      id?: string;
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placed_at?: string;
      /** @description Hundredths of the currency's unit. */
      total_cents?: number;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
      note?: string | null;
      items?: components['schemas']['OrderItem'][];
    };
    OrderAnswer: {
      id?: string;
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placed_at?: string;
      /** @description Hundredths of the currency's unit. */
      total_cents?: number;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
      note?: string | null;
      items?: components['schemas']['OrderItem'][];
      _meta: components['schemas']['Meta'];
    };
    OrderItem: {
      sku?: string;
      name?: string;
      quantity?: number;
      /** @description Hundredths of the currency's unit. */
      unit_cents?: number;
    };
    OrderSummary: {
      id?: string;
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placed_at?: string;
      /** @description Hundredths of the currency's unit. */
      total_cents?: number;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
    };
    OrdersAnswer: {
      orders?: components['schemas']['Order'][];
      /** @description The `cursor` of the next page; null on the last one. */
      next_cursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    /** @description Free-form members chosen by the user; their names are not part of the contract. */
    PreferencesAnswer: {
      _meta: components['schemas']['Meta'];
    } & {
      [key: string]: unknown;
    };
    /** @description Problem details (RFC 9457). */
    Problem: {
      /** @description `/problems/<name>`: the names are a closed list. */
      type: string;
      title: string;
      status: number;
      detail?: string;
      /** @description The requested path. */
      instance: string;
      /** @description Identifies the request in logs; quote it in support requests. */
      request_id: string;
    };
    ProfileAnswer: {
      name?: string;
      email?: string;
      avatar_url?: string | null;
      last_login?: string | null;
      /** @description Free-form members chosen by the user; their names are not part of the contract. */
      preferences?: {
        [key: string]: unknown;
      };
      orders?: components['schemas']['Order'][];
      unread_notifications?: number;
      loyalty_tier?: string;
      _meta: components['schemas']['Meta'];
    };
    SessionAnswer: {
      sub: string;
      tenant: string;
      /** @description All of the user's tenants, if there are several; `X-Tenant-ID` selects one. */
      readonly tenants?: string[];
      readonly roles: string[];
      /** @description Empty if the provider sends none. */
      readonly permissions: string[];
      /** @description ISO 8601. */
      expires_at: string;
    };
    SessionEntry: {
      id: string;
      /**
       * @description `app`: an app or device that holds a token. `agent`: an agent that acts for the user.
       * @enum {string}
       */
      kind: 'browser' | 'app' | 'agent';
      /** @description Client id of the app or agent; absent for a browser. */
      client_id?: string;
      /** @description Whether it is the session of this request. */
      current: boolean;
      device: string;
      /** @description ISO 8601. */
      created_at: string;
      /** @description ISO 8601. */
      last_seen_at: string;
      /** @description What the user let an agent do. */
      readonly scopes?: string[];
    };
    SessionsAnswer: components['schemas']['SessionEntry'][];
    SignalRefused: {
      /** @enum {string} */
      err:
        'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience' | 'authentication_failed';
      description: string;
    };
    WriteReceipt:
      | {
          /** @constant */
          state: 'applied';
          /** @description Status of the answer to the write. */
          status: number;
        }
      | {
          /** @constant */
          state: 'refused';
          /** @description Status of the answer to the write. */
          status: number;
          problem: components['schemas']['Problem'];
        }
      | {
          /** @constant */
          state: 'in-flight';
        };
  };
  responses: {
    /** @description The request is malformed */
    'bad-request': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Authentication is required */
    'not-authenticated': {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Cross-site request rejected */
    csrf: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not found */
    'not-found': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The method is not allowed here */
    'method-not-allowed': {
      headers: {
        Allow: components['headers']['Allow'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description No acceptable representation */
    'not-acceptable': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The request took too long to arrive */
    'request-timeout': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The request conflicts with the current state */
    conflict: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The resource has changed */
    'precondition-failed': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The body is too large */
    'content-too-large': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The URI is too long */
    'uri-too-long': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The content type is not supported */
    'unsupported-media-type': {
      headers: {
        Accept: components['headers']['Accept'];
        'Accept-Patch': components['headers']['Accept-Patch'];
        'Accept-Encoding': components['headers']['Accept-Encoding'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The expectation cannot be met */
    'expectation-failed': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The content is not valid */
    unprocessable: {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A precondition header is required */
    'precondition-required': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The header fields are too large */
    'headers-too-large': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Internal server error */
    internal: {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A required service failed */
    'upstream-failed': {
      headers: {
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description A required service did not answer in time */
    'upstream-timeout': {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        'BFF-Session': components['headers']['BFF-Session'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description Strong validator of this answer, for `If-None-Match` of the next request. Absent when degraded. */
    ETag: string;
    /** @description When the answer last changed, for `If-Modified-Since` of the next request. Only for a complete answer whose sources all have a date. */
    'Last-Modified': string;
    /** @description RFC 9651 list: `items;reason=timeout;fallback=default`. Only when degraded. */
    'BFF-Degraded': string;
    /** @description `revalidate`: call `POST /auth/revalidate`, in the background or, after a 401, before repeating the request. */
    'BFF-Session': string;
    /** @description Duration of each source in milliseconds. */
    'Server-Timing': string;
    /** @description Seconds to wait before the next try. */
    'Retry-After': string;
    /** @description `true` when this is the answer to an earlier request with the same key. */
    'Idempotency-Replayed': string;
    /** @description Target of the redirect. */
    Location: string;
    /** @description RFC 9211: how a cache took part in the answer of each source. */
    'Cache-Status': string;
    /** @description RFC 9110: how to authenticate, or which scope is missing (RFC 6750). */
    'WWW-Authenticate': string;
    /** @description RFC 9110: the methods that this path allows. */
    Allow: string;
    /** @description RFC 9110: the accepted media types of a body. */
    Accept: string;
    /** @description RFC 9110: the accepted content codings of a body. */
    'Accept-Encoding': string;
    /** @description RFC 5789: the accepted media types of a patch. */
    'Accept-Patch': string;
    /** @description Language of the error description. */
    'Content-Language': string;
    /** @description Empties the back/forward cache. */
    'Clear-Site-Data': string;
    /** @description URL to which the browser continues, to end the session at the identity provider. */
    Refresh: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getProfile: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that the client has stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Profile page, composed of five calls */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Server-Timing': components['headers']['Server-Timing'];
          'Cache-Status': components['headers']['Cache-Status'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      412: components['responses']['precondition-failed'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  getHome: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that the client has stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Home screen: user, counters, and the newest orders and notifications */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Server-Timing': components['headers']['Server-Timing'];
          'Cache-Status': components['headers']['Cache-Status'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HomeAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      412: components['responses']['precondition-failed'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  listOrders: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
        /** @description Maximum number of items in the page. */
        limit?: number;
        /** @description The `next_cursor` of the previous page. */
        cursor?: string;
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that the client has stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description List orders, newest first */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Server-Timing': components['headers']['Server-Timing'];
          'Cache-Status': components['headers']['Cache-Status'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrdersAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants, or The cursor is not valid */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      412: components['responses']['precondition-failed'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  getOrder: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that the client has stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One order */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Server-Timing': components['headers']['Server-Timing'];
          'Cache-Status': components['headers']['Cache-Status'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      412: components['responses']['precondition-failed'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  listNotifications: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
        /** @description Maximum number of items in the page. */
        limit?: number;
        /** @description The `next_cursor` of the previous page. */
        cursor?: string;
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that the client has stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description List notifications, newest first */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Server-Timing': components['headers']['Server-Timing'];
          'Cache-Status': components['headers']['Cache-Status'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationsAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants, or The cursor is not valid */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      412: components['responses']['precondition-failed'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  markNotificationRead: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description Unique for each write, 1 to 255 characters, stored for a week: a repeated request is answered and not executed again. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read; the first `read_at` is kept */
      200: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationAnswer'];
        };
      };
      /** @description The change was made; there is no content */
      204: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      409: components['responses']['conflict'];
      412: components['responses']['precondition-failed'];
      413: components['responses']['content-too-large'];
      414: components['responses']['uri-too-long'];
      415: components['responses']['unsupported-media-type'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  removeNotification: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description Unique for each write, 1 to 255 characters, stored for a week: a repeated request is answered and not executed again. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The change was made */
      204: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      409: components['responses']['conflict'];
      412: components['responses']['precondition-failed'];
      413: components['responses']['content-too-large'];
      414: components['responses']['uri-too-long'];
      415: components['responses']['unsupported-media-type'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  getPreferences: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that the client has stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Read the preferences; a change requires their ETag */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Server-Timing': components['headers']['Server-Timing'];
          'Cache-Status': components['headers']['Cache-Status'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      412: components['responses']['precondition-failed'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  replacePreferences: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description Unique for each write, 1 to 255 characters, stored for a week: a repeated request is answered and not executed again. */
        'Idempotency-Key'?: string;
        /** @description The ETag of a GET of the same URL. */
        'If-Match': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Replace all preferences */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswer'];
        };
      };
      /** @description The change was made; there is no content */
      204: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      409: components['responses']['conflict'];
      412: components['responses']['precondition-failed'];
      413: components['responses']['content-too-large'];
      414: components['responses']['uri-too-long'];
      415: components['responses']['unsupported-media-type'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      428: components['responses']['precondition-required'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  changePreferences: {
    parameters: {
      query?: {
        /** @description Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps. */
        fields?: string;
        /** @description `flat` answers dotted keys such as `items.0.id` instead of nested members. */
        shape?: 'nested' | 'flat';
      };
      header: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description Unique for each write, 1 to 255 characters, stored for a week: a repeated request is answered and not executed again. */
        'Idempotency-Key'?: string;
        /** @description The ETag of a GET of the same URL. */
        'If-Match': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/merge-patch+json': {
          [key: string]: unknown;
        };
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Change preferences by a JSON merge patch (RFC 7396) */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswer'];
        };
      };
      /** @description The change was made; there is no content */
      204: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      406: components['responses']['not-acceptable'];
      408: components['responses']['request-timeout'];
      409: components['responses']['conflict'];
      412: components['responses']['precondition-failed'];
      413: components['responses']['content-too-large'];
      414: components['responses']['uri-too-long'];
      415: components['responses']['unsupported-media-type'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      428: components['responses']['precondition-required'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      504: components['responses']['upstream-timeout'];
    };
  };
  getWriteReceipt: {
    parameters: {
      query?: never;
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
      };
      path: {
        /** @description The `Idempotency-Key` of the write, without quotes. */
        key: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The result of the write */
      200: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WriteReceipt'];
        };
      };
      /** @description The request is malformed, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Cross-site request rejected, or The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  logIn: {
    parameters: {
      query?: {
        /** @description Local path to which the browser returns; rejected if decoding it yields another origin. */
        return_to?: string;
        /** @description `none` renews silently and never shows a form; the others show a form even to a user who is logged in. */
        prompt?: 'none' | 'login' | 'select_account';
        /** @description Forwarded to the identity provider if PASSED_PARAMETERS lists it. */
        login_hint?: string;
        /** @description Forwarded like `login_hint`. */
        ui_locales?: string;
        /** @description Forwarded like `login_hint`. */
        acr_values?: string;
        /** @description Forwarded like `login_hint`; maximum number of seconds since the user authenticated. */
        max_age?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To the identity provider */
      302: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The login cannot continue: a page, or problem details */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description The login cannot continue: a page, or problem details */
      500: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The login cannot continue: a page, or problem details */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  finishLogin: {
    parameters: {
      query?: {
        /** @description State of a login that this browser started. */
        state?: string;
        /** @description Authorization code. */
        code?: string;
        /** @description RFC 9207. */
        iss?: string;
        /** @description RFC 6749, section 4.1.2.1. */
        error?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To `return_to`, with the session cookie */
      302: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The login cannot continue: a page, or problem details */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The login cannot continue: a page, or problem details */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description The login cannot continue: a page, or problem details */
      500: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The login cannot continue: a page, or problem details */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionAnswer'];
        };
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revalidateSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session is confirmed */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      403: components['responses']['csrf'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session is ended */
      200: {
        headers: {
          'Clear-Site-Data': components['headers']['Clear-Site-Data'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogoutAnswer'];
        };
      };
      400: components['responses']['bad-request'];
      403: components['responses']['csrf'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  logOutFromPage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session is ended */
      200: {
        headers: {
          'Clear-Site-Data': components['headers']['Clear-Site-Data'];
          Refresh: components['headers']['Refresh'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      400: components['responses']['bad-request'];
      /** @description The login cannot continue: a page, or problem details */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description The login cannot continue: a page, or problem details */
      500: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The login cannot continue: a page, or problem details */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The sessions */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionsAnswer'];
        };
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  endOtherSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The sessions are ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      403: components['responses']['csrf'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session is ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      403: components['responses']['csrf'];
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  endSessionsFromProvider: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          logout_token: string;
        };
      };
    };
    responses: {
      /** @description The sessions are ended */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The logout token is not valid */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      413: components['responses']['content-too-large'];
      414: components['responses']['uri-too-long'];
      415: components['responses']['unsupported-media-type'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  receiveSignal: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/secevent+jwt': string;
      };
    };
    responses: {
      /** @description It was carried out, now or before */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused: `err` says why */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          'Content-Language': components['headers']['Content-Language'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignalRefused'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      413: components['responses']['content-too-large'];
      414: components['responses']['uri-too-long'];
      415: components['responses']['unsupported-media-type'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          'BFF-Session': components['headers']['BFF-Session'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
