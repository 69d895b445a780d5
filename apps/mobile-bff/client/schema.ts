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
  '/.well-known/oauth-authorization-server': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the authorization server metadata (RFC 8414) */
    get: operations['getAuthorizationServerMetadata'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/openid-configuration': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the metadata at the path of OpenID Connect Discovery; no ID token is issued */
    get: operations['getOpenIdConfiguration'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/jwks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the keys that sign ID tokens: an empty set */
    get: operations['getKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/authorize': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Start a login in the browser (authorization code with PKCE) */
    get: operations['authorize'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/par': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Push an authorization request, and get a reference to it (RFC 9126) */
    post: operations['pushAuthorizationRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/callback': {
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
  '/oauth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Exchange a code, device code or refresh token for an access token */
    post: operations['getToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/device_authorization': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Request the codes for a device login (RFC 8628) */
    post: operations['authorizeDevice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/device': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show the page on which the user enters the code of a device */
    get: operations['showDevicePage'];
    put?: never;
    /** Submit the code of a device, or the decision about it */
    post: operations['submitDevicePage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke a token (RFC 7009) */
    post: operations['revokeToken'];
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
    /** List the user's sessions in apps and browsers, most recently used first */
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
  '/oauth/backchannel-logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Receive a logout token from the provider (OpenID Connect Back-Channel Logout 1.0) */
    post: operations['endTokensFromProvider'];
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
    DeviceAnswer: {
      device_code: string;
      user_code: string;
      verification_uri: string;
      verification_uri_complete: string;
      expires_in: number;
      interval: number;
    };
    HomeAnswer: {
      name?: string;
      unread_notifications?: number;
      loyalty_tier?: string;
      orders?: components['schemas']['OrderLine'][];
      notifications?: components['schemas']['NotificationLine'][];
      _meta: components['schemas']['Meta'];
    };
    JsonPatch: {
      /** @enum {string} */
      op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
      /** @description JSON Pointer (RFC 6901). */
      path: string;
      from?: string;
      value?: unknown;
    }[];
    KeysAnswer: {
      keys: unknown[];
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
    MetadataAnswer: {
      issuer: string;
      authorization_endpoint: string;
      pushed_authorization_request_endpoint: string;
      token_endpoint: string;
      device_authorization_endpoint: string;
      revocation_endpoint: string;
      response_types_supported: string[];
      response_modes_supported: string[];
      grant_types_supported: string[];
      scopes_supported?: string[];
      code_challenge_methods_supported: string[];
      token_endpoint_auth_methods_supported: string[];
      revocation_endpoint_auth_methods_supported: string[];
      authorization_response_iss_parameter_supported: boolean;
      dpop_signing_alg_values_supported: string[];
    };
    Notification: {
      id?: string;
      title?: string;
      /**
       * @description Absent while it is unread.
       * @example 2026-01-31T09:30:00.000Z
       */
      read_at?: string;
      /** @description order, offer, account, survey; more may be added. */
      kind?: string;
      body?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      created_at?: string;
    };
    NotificationAnswer: {
      id?: string;
      title?: string;
      /**
       * @description Absent while it is unread.
       * @example 2026-01-31T09:30:00.000Z
       */
      read_at?: string;
      /** @description order, offer, account, survey; more may be added. */
      kind?: string;
      body?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      created_at?: string;
      _meta: components['schemas']['Meta'];
    };
    NotificationLine: {
      id?: string;
      title?: string;
      /**
       * @description Absent while it is unread.
       * @example 2026-01-31T09:30:00.000Z
       */
      read_at?: string;
    };
    NotificationsAnswer: {
      notifications?: components['schemas']['Notification'][];
      /** @description The `cursor` of the next page; absent on the last one. */
      next_cursor?: string;
      _meta: components['schemas']['Meta'];
    };
    OAuthError: {
      /** @enum {string} */
      error:
        | 'invalid_request'
        | 'invalid_client'
        | 'invalid_grant'
        | 'unauthorized_client'
        | 'unsupported_grant_type'
        | 'unsupported_response_type'
        | 'request_not_supported'
        | 'request_uri_not_supported'
        | 'access_denied'
        | 'login_required'
        | 'interaction_required'
        | 'consent_required'
        | 'account_selection_required'
        | 'server_error'
        | 'temporarily_unavailable'
        | 'authorization_pending'
        | 'slow_down'
        | 'expired_token'
        | 'invalid_dpop_proof';
      error_description?: string;
    };
    OpenIdMetadataAnswer: {
      issuer: string;
      authorization_endpoint: string;
      pushed_authorization_request_endpoint: string;
      token_endpoint: string;
      device_authorization_endpoint: string;
      revocation_endpoint: string;
      response_types_supported: string[];
      response_modes_supported: string[];
      grant_types_supported: string[];
      scopes_supported?: string[];
      code_challenge_methods_supported: string[];
      token_endpoint_auth_methods_supported: string[];
      revocation_endpoint_auth_methods_supported: string[];
      authorization_response_iss_parameter_supported: boolean;
      dpop_signing_alg_values_supported: string[];
      jwks_uri: string;
      subject_types_supported: string[];
      /** @description Empty, because no ID token is issued. */
      id_token_signing_alg_values_supported: string[];
    };
    OrderAnswer: {
      id?: string;
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /** @description Hundredths of the currency's unit. */
      total_cents?: number;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placed_at?: string;
      note?: string;
      items?: components['schemas']['OrderItem'][];
      _meta: components['schemas']['Meta'];
    };
    OrderItem: {
      name?: string;
      quantity?: number;
      /** @description Hundredths of the currency's unit. */
      unit_cents?: number;
    };
    OrderLine: {
      id?: string;
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /** @description Hundredths of the currency's unit. */
      total_cents?: number;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
    };
    OrderSummary: {
      id?: string;
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /** @description Hundredths of the currency's unit. */
      total_cents?: number;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placed_at?: string;
    };
    OrdersAnswer: {
      orders?: components['schemas']['OrderSummary'][];
      /** @description The `cursor` of the next page; absent on the last one. */
      next_cursor?: string;
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
      avatar_url?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      last_login?: string;
      /** @description Free-form members chosen by the user; their names are not part of the contract. */
      preferences?: {
        [key: string]: unknown;
      };
      orders?: components['schemas']['OrderSummary'][];
      unread_notifications?: number;
      loyalty_tier?: string;
      _meta: components['schemas']['Meta'];
    };
    PushedAnswer: {
      request_uri: string;
      expires_in: number;
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
    TokenAnswer: {
      access_token: string;
      /** @enum {string} */
      token_type: 'Bearer' | 'DPoP';
      expires_in: number;
      refresh_token?: string;
      scope?: string;
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
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Service overloaded */
    overloaded: {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
    /** @description Seconds to wait before the next try. */
    'Retry-After': string;
    /** @description `true` when this is the answer to an earlier request with the same key. */
    'Idempotency-Replayed': string;
    /** @description Target of the redirect. */
    Location: string;
    /** @description RFC 3229: `json-patch`. */
    IM: string;
    /** @description RFC 3229: the ETag that the patch applies to. */
    'Delta-Base': string;
    /** @description RFC 9211: how a cache took part in the answer of each source. */
    'Cache-Status': string;
    /** @description SHA-256 of the patched view in canonical JSON (RFC 8785), as a byte sequence of RFC 9651. */
    'Sync-Digest': string;
    /** @description Members without a fresh value in this answer: keep the stored ones. */
    'Sync-Keep': string;
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
    /** @description Why no patch could be made: replace the stored view with this answer. */
    'Sync-Reset': string;
    /** @description Language of the error description. */
    'Content-Language': string;
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
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description `json-patch` accepts a 226 with a patch (RFC 3229). */
        'A-IM'?: string;
        /** @description ETags of the answers that you stored; a patch applies to one of them. */
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
          'Cache-Status': components['headers']['Cache-Status'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'Sync-Reset': components['headers']['Sync-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileAnswer'];
        };
      };
      /** @description A patch of the answer whose ETag is in `Delta-Base` */
      226: {
        headers: {
          ETag: components['headers']['ETag'];
          IM: components['headers']['IM'];
          'Delta-Base': components['headers']['Delta-Base'];
          'Sync-Digest': components['headers']['Sync-Digest'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json-patch+json': components['schemas']['JsonPatch'];
        };
      };
      /** @description You have it already: `If-None-Match` names its ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description `json-patch` accepts a 226 with a patch (RFC 3229). */
        'A-IM'?: string;
        /** @description ETags of the answers that you stored; a patch applies to one of them. */
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
          'Cache-Status': components['headers']['Cache-Status'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'Sync-Reset': components['headers']['Sync-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HomeAnswer'];
        };
      };
      /** @description A patch of the answer whose ETag is in `Delta-Base` */
      226: {
        headers: {
          ETag: components['headers']['ETag'];
          IM: components['headers']['IM'];
          'Delta-Base': components['headers']['Delta-Base'];
          'Sync-Digest': components['headers']['Sync-Digest'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json-patch+json': components['schemas']['JsonPatch'];
        };
      };
      /** @description You have it already: `If-None-Match` names its ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
        /** @description Maximum number of items in the page. */
        limit?: number;
        /** @description The `next_cursor` of the previous page. */
        cursor?: string;
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description `json-patch` accepts a 226 with a patch (RFC 3229). */
        'A-IM'?: string;
        /** @description ETags of the answers that you stored; a patch applies to one of them. */
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
          'Cache-Status': components['headers']['Cache-Status'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'Sync-Reset': components['headers']['Sync-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrdersAnswer'];
        };
      };
      /** @description A patch of the answer whose ETag is in `Delta-Base` */
      226: {
        headers: {
          ETag: components['headers']['ETag'];
          IM: components['headers']['IM'];
          'Delta-Base': components['headers']['Delta-Base'];
          'Sync-Digest': components['headers']['Sync-Digest'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json-patch+json': components['schemas']['JsonPatch'];
        };
      };
      /** @description You have it already: `If-None-Match` names its ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants, or The cursor is not valid */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description `json-patch` accepts a 226 with a patch (RFC 3229). */
        'A-IM'?: string;
        /** @description ETags of the answers that you stored; a patch applies to one of them. */
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
          'Cache-Status': components['headers']['Cache-Status'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'Sync-Reset': components['headers']['Sync-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderAnswer'];
        };
      };
      /** @description A patch of the answer whose ETag is in `Delta-Base` */
      226: {
        headers: {
          ETag: components['headers']['ETag'];
          IM: components['headers']['IM'];
          'Delta-Base': components['headers']['Delta-Base'];
          'Sync-Digest': components['headers']['Sync-Digest'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json-patch+json': components['schemas']['JsonPatch'];
        };
      };
      /** @description You have it already: `If-None-Match` names its ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
        /** @description Maximum number of items in the page. */
        limit?: number;
        /** @description The `next_cursor` of the previous page. */
        cursor?: string;
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description `json-patch` accepts a 226 with a patch (RFC 3229). */
        'A-IM'?: string;
        /** @description ETags of the answers that you stored; a patch applies to one of them. */
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
          'Cache-Status': components['headers']['Cache-Status'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'Sync-Reset': components['headers']['Sync-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationsAnswer'];
        };
      };
      /** @description A patch of the answer whose ETag is in `Delta-Base` */
      226: {
        headers: {
          ETag: components['headers']['ETag'];
          IM: components['headers']['IM'];
          'Delta-Base': components['headers']['Delta-Base'];
          'Sync-Digest': components['headers']['Sync-Digest'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json-patch+json': components['schemas']['JsonPatch'];
        };
      };
      /** @description You have it already: `If-None-Match` names its ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants, or The cursor is not valid */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
      };
      header?: {
        /** @description The tenant, if you belong to several. */
        'X-Tenant-ID'?: string;
        /** @description `json-patch` accepts a 226 with a patch (RFC 3229). */
        'A-IM'?: string;
        /** @description ETags of the answers that you stored; a patch applies to one of them. */
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
          'Cache-Status': components['headers']['Cache-Status'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'Sync-Reset': components['headers']['Sync-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswer'];
        };
      };
      /** @description A patch of the answer whose ETag is in `Delta-Base` */
      226: {
        headers: {
          ETag: components['headers']['ETag'];
          IM: components['headers']['IM'];
          'Delta-Base': components['headers']['Delta-Base'];
          'Sync-Digest': components['headers']['Sync-Digest'];
          'Sync-Keep': components['headers']['Sync-Keep'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json-patch+json': components['schemas']['JsonPatch'];
        };
      };
      /** @description You have it already: `If-None-Match` names its ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The field selection is not valid, or Header and subdomain name different tenants */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description The tenant is not known, or The tenant is not one of yours */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getAuthorizationServerMetadata: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metadata */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MetadataAnswer'];
        };
      };
      400: components['responses']['bad-request'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      503: components['responses']['overloaded'];
    };
  };
  getOpenIdConfiguration: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The metadata */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpenIdMetadataAnswer'];
        };
      };
      400: components['responses']['bad-request'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      503: components['responses']['overloaded'];
    };
  };
  getKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An empty set */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeysAnswer'];
        };
      };
      400: components['responses']['bad-request'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      503: components['responses']['overloaded'];
    };
  };
  authorize: {
    parameters: {
      query: {
        /** @description Registered client id. */
        client_id: string;
        /** @description Returned by the pushed authorization request endpoint (RFC 9126). All parameters except `client_id` are then ignored. */
        request_uri?: string;
        /** @description Must be `code`. Required without `request_uri`. */
        response_type?: 'code';
        /** @description A registered redirect URI; the port of a loopback address may vary. Required without `request_uri`. */
        redirect_uri?: string;
        /** @description RFC 7636: SHA-256 of the verifier. Required without `request_uri`. */
        code_challenge?: string;
        /** @description Must be `S256`. Required without `request_uri`. */
        code_challenge_method?: 'S256';
        /** @description Returned unchanged. */
        state?: string;
        /** @description Only `offline_access` is granted: it requests a refresh token. */
        scope?: string;
        /** @description RFC 9449: thumbprint of the proof key of the token request. */
        dpop_jkt?: string;
        /** @description Forwarded to the identity provider. */
        prompt?: string;
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
      /** @description To the identity provider, or to the app with an error */
      302: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A page that says why the login cannot continue */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
      /** @description A page that reports an internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description A page that asks to try again later */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pushAuthorizationRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description RFC 9449: proof; the code is bound to its key. */
        DPoP?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          client_id: string;
          /** @enum {string} */
          response_type: 'code';
          redirect_uri: string;
          code_challenge: string;
          /** @enum {string} */
          code_challenge_method: 'S256';
          state?: string;
          scope?: string;
          dpop_jkt?: string;
          prompt?: string;
          login_hint?: string;
          ui_locales?: string;
          acr_values?: string;
          max_age?: number;
        };
      };
    };
    responses: {
      /** @description The `request_uri` and its lifetime */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PushedAnswer'];
        };
      };
      /** @description The request was rejected; `error` says why */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The client is unknown, or sent a secret */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description Temporarily unavailable; retry after `Retry-After` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
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
      /** @description The page on which the user approves a device */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description To the app, with a code or an error */
      302: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A page that says why the login cannot continue */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user was not logged in */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      /** @description Too many wrong codes */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      431: components['responses']['headers-too-large'];
      /** @description A page that reports an internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description A page that asks to try again later */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description RFC 9449: proof; the issued tokens are bound to its key. */
        DPoP?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          grant_type: string;
          client_id: string;
          code?: string;
          redirect_uri?: string;
          code_verifier?: string;
          device_code?: string;
          refresh_token?: string;
        };
      };
    };
    responses: {
      /** @description An opaque token */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenAnswer'];
        };
      };
      /** @description The request was rejected; `error` says why */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The client is unknown, or sent a secret */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description Temporarily unavailable; retry after `Retry-After` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  authorizeDevice: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          client_id: string;
        };
      };
    };
    responses: {
      /** @description The codes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeviceAnswer'];
        };
      };
      /** @description The request was rejected; `error` says why */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The client is unknown, or sent a secret */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      /** @description `slow_down`: too many device logins were started */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      431: components['responses']['headers-too-large'];
      /** @description Temporarily unavailable; retry after `Retry-After` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  showDevicePage: {
    parameters: {
      query?: {
        /** @description The code that the device shows. */
        user_code?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description A page that says why the login cannot continue */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
      /** @description A page that reports an internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description A page that asks to try again later */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  submitDevicePage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          user_code?: string;
          prompt?: string;
          confirmation?: string;
          decision?: string;
        };
      };
    };
    responses: {
      /** @description The page with the result */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description To the identity provider */
      303: {
        headers: {
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A page that says why the login cannot continue */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
      /** @description A page that reports an internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description A page that asks to try again later */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          token: string;
          client_id: string;
          token_type_hint?: string;
        };
      };
    };
    responses: {
      /** @description The token is revoked, or was not valid */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request was rejected; `error` says why */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The client is unknown, or sent a secret */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description Temporarily unavailable; retry after `Retry-After` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
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
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  endTokensFromProvider: {
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
      /** @description The request was rejected; `error` says why */
      400: {
        headers: {
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      431: components['responses']['headers-too-large'];
      /** @description Temporarily unavailable; retry after `Retry-After` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
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
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
