/* Written by `nx sync` from openapi.json. */
export interface paths {
  '/api/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All that a profile page shows, from five services */
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
    /** Who the user is, what is new, and the latest of both lists */
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
    /** Orders, the latest first */
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
    /** Notifications, the latest first */
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
    /** Mark a notification as read; the first time stands */
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
    /** Preferences; their ETag is what a change needs */
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
     * What a write came to, by its Idempotency-Key
     * @description For when the answer of a write was lost. Only the writes of this client and user. Not found: nothing is known of it; it may have been made nevertheless, so repeat it with the same key.
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
    /** Navigate here to log in; a fetch is 401 */
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
    /** Where the identity provider sends the browser back to */
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
    /** Who is logged in, until when; no use of the session */
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
    /** Have the identity provider confirm the session, when an answer says `BFF-Session: revalidate` */
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
    /** End this session; fine when there is none */
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
    /** End this session by a form of a page of ours, without a script; fine when there is none */
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
    /** Where else the user is logged in, in browsers and apps, last used first; no use of the session */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    /** End all sessions of the user but this one */
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
    /** From the provider, server to server (OpenID Connect Back-Channel Logout 1.0) */
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
     * From the transmitter, server to server: a security event (RFC 8417, RFC 8935)
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
      /** @description Where to navigate to log out at the provider too. */
      end_session_url: string | null;
    };
    /** @description What this answer is worth. */
    Meta: {
      /** @description Without quotes; only of a complete answer to a read. */
      etag?: string;
      /** @description Whether every source answered. */
      complete: boolean;
      /** @description The sources that did not answer, and what stands in their place. */
      degraded: {
        source: string;
        /** @enum {string} */
        reason: 'timeout' | 'open' | 'error' | 'shed' | 'bad-response';
        /** @enum {string} */
        fallback: 'stale' | 'tenant' | 'default';
        /** @description Of stale data, in milliseconds. */
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
    /** @description Whatever the user chose; the names are not part of the contract. */
    PreferencesAnswer: {
      _meta: components['schemas']['Meta'];
    } & {
      [key: string]: unknown;
    };
    /** @description RFC 9457. */
    Problem: {
      /** @description `/problems/<name>`: the names are a closed list. */
      type: string;
      title: string;
      status: number;
      detail?: string;
      /** @description The path that was asked for. */
      instance: string;
      /** @description Quote it when you ask us. */
      request_id: string;
    };
    ProfileAnswer: {
      name?: string;
      email?: string;
      avatar_url?: string | null;
      last_login?: string | null;
      /** @description Whatever the user chose; the names are not part of the contract. */
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
      /** @description When there are several, to choose from with `X-Tenant-ID`. */
      readonly tenants?: string[];
      readonly roles: string[];
      /** @description Empty when the provider sends none. */
      readonly permissions: string[];
      /** @description ISO 8601. */
      expires_at: string;
    };
    SessionEntry: {
      id: string;
      /**
       * @description `app`: an app or device that holds a token.
       * @enum {string}
       */
      kind: 'browser' | 'app';
      /** @description Of an app. */
      client_id?: string;
      /** @description Whether it is the one that asks. */
      current: boolean;
      device: string;
      /** @description ISO 8601. */
      created_at: string;
      /** @description ISO 8601. */
      last_seen_at: string;
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
          /** @description Of the answer to the write. */
          status: number;
        }
      | {
          /** @constant */
          state: 'refused';
          /** @description Of the answer to the write. */
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
    /** @description The request does not prove that it comes from this site */
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
    /** @description There is nothing here */
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
    /** @description The address is too long */
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
    /** @description Something went wrong here */
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
    /** @description Strong validator of exactly this answer; the `If-None-Match` of the next. None when degraded. */
    ETag: string;
    /** @description When the answer last changed, as HTTP-date. Only of a complete answer whose sources all tell it; then the `If-Modified-Since` of the next request. */
    'Last-Modified': string;
    /** @description RFC 9651 list: `items;reason=timeout;fallback=default`. Only when degraded. */
    'BFF-Degraded': string;
    /** @description `revalidate`: call `POST /auth/revalidate`, in the background or, after a 401, before the request is repeated. */
    'BFF-Session': string;
    /** @description Milliseconds of each source. */
    'Server-Timing': string;
    /** @description Seconds. */
    'Retry-After': string;
    /** @description `true` when the answer is that of an earlier request with this key. */
    'Idempotency-Replayed': string;
    /** @description Where the browser goes on to. */
    Location: string;
    /** @description RFC 9211: how a cache came into the answer of each source. */
    'Cache-Status': string;
    /** @description RFC 9110: how to authenticate, or which scope is missing (RFC 6750). */
    'WWW-Authenticate': string;
    /** @description RFC 9110: the methods that are allowed here. */
    Allow: string;
    /** @description RFC 9110: the media types that a body may have here. */
    Accept: string;
    /** @description RFC 9110: the content codings that a body may have here. */
    'Accept-Encoding': string;
    /** @description RFC 5789: the media types that a patch may have here. */
    'Accept-Patch': string;
    /** @description Of the description. */
    'Content-Language': string;
    /** @description Empties the back/forward cache. */
    'Clear-Site-Data': string;
    /** @description Where the browser goes on to: the session at the identity provider ends there. */
    Refresh: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getProfile: {
    parameters: {
      query?: {
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All that a profile page shows, from five services */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who the user is, what is new, and the latest of both lists */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
        /** @description The most that one page holds. */
        limit?: number;
        /** @description The `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Orders, the latest first */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
        /** @description The most that one page holds. */
        limit?: number;
        /** @description The `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Notifications, the latest first */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description A new one for each change, 1 to 255 characters, known for a week: a repetition is answered, not made again. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read; the first time stands */
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
      /** @description The change was made, and there is nothing to show */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description A new one for each change, 1 to 255 characters, known for a week: a repetition is answered, not made again. */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header?: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description ETags of the answers that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Preferences; their ETag is what a change needs */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description A new one for each change, 1 to 255 characters, known for a week: a repetition is answered, not made again. */
        'Idempotency-Key'?: string;
        /** @description The ETag of a GET of the same address. */
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
      /** @description The change was made, and there is nothing to show */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps. */
        fields?: string;
        /** @description `flat`: dot keys in place of nested members, such as `items.0.id`. */
        shape?: 'nested' | 'flat';
      };
      header: {
        /** @description Which of your tenants, when there are several. */
        'X-Tenant-ID'?: string;
        /** @description A new one for each change, 1 to 255 characters, known for a week: a repetition is answered, not made again. */
        'Idempotency-Key'?: string;
        /** @description The ETag of a GET of the same address. */
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
      /** @description The change was made, and there is nothing to show */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Which of your tenants, when there are several. */
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
      /** @description What it came to */
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
      /** @description The request does not prove that it comes from this site, or The tenant is not known, or The tenant is not one of yours */
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
        /** @description Local path where the browser lands; not one that is another address when it is decoded. */
        return_to?: string;
        /** @description `none`: silent renewal, never a form. Others: a form even for a user who is logged in there. */
        prompt?: 'none' | 'login' | 'select_account';
        /** @description Handed on to the identity provider; which are is a setting. */
        login_hint?: string;
        /** @description Handed on, likewise. */
        ui_locales?: string;
        /** @description Handed on, likewise. */
        acr_values?: string;
        /** @description Handed on, likewise; seconds since the user authenticated, at most. */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
        /** @description Of the login that this browser began. */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The session goes on */
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
      /** @description It is over */
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
      /** @description It is over */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description The login cannot go on: a page, or a problem */
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
      /** @description They are over */
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
      /** @description It is over */
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
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The token is not valid */
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
