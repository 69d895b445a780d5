/* Written by `nx sync` from openapi.json. */
export interface paths {
  '/v1/customers/{customerId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One customer
     * @deprecated
     */
    get: operations['getCustomerV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/customers/{customerId}/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Profile page of a customer, composed of five calls
     * @deprecated
     */
    get: operations['getProfileV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The profile of the token's own subject
     * @deprecated
     */
    get: operations['getOwnProfileV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/customers/{customerId}/preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a customer's preferences; a change requires their ETag
     * @deprecated
     */
    get: operations['getPreferencesV1'];
    /**
     * Replace all of a customer's preferences
     * @deprecated
     */
    put: operations['replacePreferencesV1'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a customer's preferences by a JSON merge patch (RFC 7396)
     * @deprecated
     */
    patch: operations['changePreferencesV1'];
    trace?: never;
  };
  '/v1/customers/{customerId}/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List a customer's orders, newest first
     * @deprecated
     */
    get: operations['listOrdersV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/orders/{orderId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One order
     * @deprecated
     */
    get: operations['getOrderV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/customers/{customerId}/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List a customer's notifications, newest first
     * @deprecated
     */
    get: operations['listNotificationsV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications/{notificationId}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark a notification as read; the first `readAt` is kept
     * @deprecated
     */
    post: operations['markNotificationReadV1'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications/{notificationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove a notification
     * @deprecated
     */
    delete: operations['removeNotificationV1'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/writes/{key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Result of a write, by its Idempotency-Key
     * @deprecated
     * @description For a client that lost the answer of a write. Finds only writes of the same client and user. 404: there is no record of the write, although it may have been made; repeat it with the same key.
     */
    get: operations['getWriteReceiptV1'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/customers/{customerId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One customer */
    get: operations['getCustomer'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/customers/{customerId}/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Profile page of a customer, composed of five calls */
    get: operations['getProfile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The profile of the token's own subject */
    get: operations['getOwnProfile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/customers/{customerId}/preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a customer's preferences; a change requires their ETag */
    get: operations['getPreferences'];
    /** Replace all of a customer's preferences */
    put: operations['replacePreferences'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change a customer's preferences by a JSON merge patch (RFC 7396) */
    patch: operations['changePreferences'];
    trace?: never;
  };
  '/v2/customers/{customerId}/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a customer's orders, newest first */
    get: operations['listOrders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/orders/{orderId}': {
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
  '/v2/customers/{customerId}/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a customer's notifications, newest first */
    get: operations['listNotifications'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/notifications/{notificationId}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mark a notification as read; the first `readAt` is kept */
    post: operations['markNotificationRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v2/notifications/{notificationId}': {
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
  '/v2/writes/{key}': {
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
    Customer: {
      id?: string;
      name?: string;
      email?: string;
      avatarUrl?: string | null;
      lastLogin?: string | null;
      /**
       * @description BCP 47.
       * @example de-DE
       */
      locale?: string;
      phone?: string | null;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      createdAt?: string;
    };
    CustomerAnswer: {
      id?: string;
      name?: string;
      email?: string;
      avatarUrl?: string | null;
      lastLogin?: string | null;
      /**
       * @description BCP 47.
       * @example de-DE
       */
      locale?: string;
      phone?: string | null;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      createdAt?: string;
      _meta: components['schemas']['Meta'];
    };
    CustomerAnswerV1: {
      id?: string;
      name?: string;
      email?: string;
      avatar_url?: string | null;
      last_login?: string | null;
      locale?: string;
      phone?: string | null;
      created_at?: string;
      _meta: components['schemas']['Meta'];
    };
    Meta: {
      /** @description ETag of the answer; present only in complete answers to reads. */
      etag?: string;
      /** @description Whether every source answered. */
      complete: boolean;
      degraded: {
        source: string;
        /** @enum {string} */
        reason: 'timeout' | 'open' | 'error' | 'shed' | 'bad-response';
        /** @enum {string} */
        fallback: 'stale' | 'tenant' | 'default';
        age_ms?: number;
      }[];
    };
    Money: {
      /**
       * @description Decimal number with two digits after the point.
       * @example 1234.50
       */
      amount?: string;
      /**
       * @description ISO 4217.
       * @example EUR
       */
      currency?: string;
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
      createdAt?: string;
      readAt?: string | null;
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
      createdAt?: string;
      readAt?: string | null;
      _meta: components['schemas']['Meta'];
    };
    NotificationAnswerV1: {
      id?: string;
      kind?: string;
      title?: string;
      body?: string;
      created_at?: string;
      read_at?: string | null;
      _meta: components['schemas']['Meta'];
    };
    NotificationV1: {
      id?: string;
      kind?: string;
      title?: string;
      body?: string;
      created_at?: string;
      read_at?: string | null;
    };
    NotificationsAnswer: {
      notifications?: components['schemas']['Notification'][];
      /** @description The `cursor` of the next page, valid for 24 hours; null on the last page. */
      nextCursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    NotificationsAnswerV1: {
      notifications?: components['schemas']['NotificationV1'][];
      next_cursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    Order: {
      id?: string;
      customer?: components['schemas']['Customer'];
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placedAt?: string;
      total?: components['schemas']['Money'];
      note?: string | null;
      items?: components['schemas']['OrderItem'][];
    };
    OrderAnswer: {
      id?: string;
      customer?: components['schemas']['Customer'];
      /** @description pending, paid, shipped, delivered, cancelled; more may be added. */
      status?: string;
      /**
       * @description RFC 3339.
       * @example 2026-01-31T09:30:00.000Z
       */
      placedAt?: string;
      total?: components['schemas']['Money'];
      note?: string | null;
      items?: components['schemas']['OrderItem'][];
      _meta: components['schemas']['Meta'];
    };
    OrderAnswerV1: {
      id?: string;
      user_id?: string;
      status?: string;
      placed_at?: string;
      total_cents?: number;
      currency?: string;
      note?: string | null;
      items?: components['schemas']['OrderItemV1'][];
      _meta: components['schemas']['Meta'];
    };
    OrderItem: {
      sku?: string;
      name?: string;
      quantity?: number;
      unitPrice?: components['schemas']['Money'];
    };
    OrderItemV1: {
      sku?: string;
      name?: string;
      quantity?: number;
      unit_cents?: number;
    };
    OrderV1: {
      id?: string;
      user_id?: string;
      status?: string;
      placed_at?: string;
      total_cents?: number;
      currency?: string;
      note?: string | null;
      items?: components['schemas']['OrderItemV1'][];
    };
    OrdersAnswer: {
      orders?: components['schemas']['Order'][];
      /** @description The `cursor` of the next page, valid for 24 hours; null on the last page. */
      nextCursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    OrdersAnswerV1: {
      orders?: components['schemas']['OrderV1'][];
      next_cursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    PreferencesAnswer: {
      /** @description Free-form members chosen by the customer; their names are not part of the contract. */
      preferences?: {
        [key: string]: unknown;
      };
      _meta: components['schemas']['Meta'];
    };
    PreferencesAnswerV1: {
      preferences?: {
        [key: string]: unknown;
      };
      _meta: components['schemas']['Meta'];
    };
    Problem: {
      /** @description `/problems/<name>`: the names are a closed list. */
      type: string;
      title: string;
      status: number;
      detail?: string;
      /** @description The path of the request. */
      instance: string;
      /** @description Quote it in support requests. */
      request_id: string;
    };
    ProfileAnswer: {
      customer?: components['schemas']['Customer'];
      /** @description The newest five orders. */
      orders?: components['schemas']['Order'][];
      /** @description Free-form members chosen by the customer; their names are not part of the contract. */
      preferences?: {
        [key: string]: unknown;
      };
      unreadNotifications?: number;
      loyaltyTier?: string;
      _meta: components['schemas']['Meta'];
    };
    ProfileAnswerV1: {
      name?: string;
      email?: string;
      avatar_url?: string | null;
      last_login?: string | null;
      preferences?: {
        [key: string]: unknown;
      };
      orders?: components['schemas']['OrderV1'][];
      unread_notifications?: number;
      loyalty_tier?: string;
      _meta: components['schemas']['Meta'];
    };
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Not allowed */
    forbidden: {
      headers: {
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
        'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The quota is used up */
    'quota-exceeded': {
      headers: {
        'Retry-After': components['headers']['Retry-After'];
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
        'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        RateLimit: components['headers']['RateLimit'];
        Deprecation: components['headers']['Deprecation'];
        Sunset: components['headers']['Sunset'];
        Link: components['headers']['Link'];
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
    /** @description Strong validator of exactly this answer; send it as `If-None-Match` in the next request. */
    ETag: string;
    /** @description When the answer last changed, for `If-Modified-Since` of the next request. Only for a complete answer whose sources all have a date. */
    'Last-Modified': string;
    /** @description RFC 9651 list: `items;reason=timeout;fallback=default`. Only when degraded. */
    'BFF-Degraded': string;
    /** @description Seconds to wait before a retry. */
    'Retry-After': string;
    /** @description `true` if the answer is replayed from an earlier request with this key. */
    'Idempotency-Replayed': string;
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
    /** @description `"burst";q=100;w=60`: quota and window in seconds. */
    'RateLimit-Policy': string;
    /** @description `"burst";r=50;t=30`: remaining requests, and seconds until the window ends. */
    RateLimit: string;
    /** @description RFC 9745: date since which this version is deprecated. */
    Deprecation: string;
    /** @description RFC 8594: date on which this version ends. */
    Sunset: string;
    /** @description RFC 9745: documentation of the deprecation. */
    Link: string;
    /** @description Language of the error description. */
    'Content-Language': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getCustomerV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One customer */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CustomerAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getProfileV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Profile page of a customer, composed of five calls */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getOwnProfileV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The profile of the token's own subject */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getPreferencesV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Read a customer's preferences; a change requires their ETag */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  replacePreferencesV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of the resource to change. */
        'If-Match': string;
      };
      path: {
        customerId: string;
      };
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
      /** @description Replace all of a customer's preferences */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswerV1'];
        };
      };
      /** @description The change was made; there is no content */
      204: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  changePreferencesV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of the resource to change. */
        'If-Match': string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/merge-patch+json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Change a customer's preferences by a JSON merge patch (RFC 7396) */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferencesAnswerV1'];
        };
      };
      /** @description The change was made; there is no content */
      204: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  listOrdersV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
        /** @description Maximum number of items on a page. */
        limit?: number;
        /** @description The cursor from the previous page. It is valid for the same path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description List a customer's orders, newest first */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrdersAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The cursor is not valid */
      400: {
        headers: {
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getOrderV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        orderId: string;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  listNotificationsV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
        /** @description Maximum number of items on a page. */
        limit?: number;
        /** @description The cursor from the previous page. It is valid for the same path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description List a customer's notifications, newest first */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationsAnswerV1'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The cursor is not valid */
      400: {
        headers: {
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  markNotificationReadV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
      };
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read; the first `readAt` is kept */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationAnswerV1'];
        };
      };
      /** @description The change was made; there is no content */
      204: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  removeNotificationV1: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
      };
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The change was made */
      204: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getWriteReceiptV1: {
    parameters: {
      query?: never;
      header?: never;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WriteReceipt'];
        };
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      403: components['responses']['forbidden'];
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getCustomer: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One customer */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CustomerAnswer'];
        };
      };
      /** @description Not modified: `If-None-Match` has the current ETag */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getProfile: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Profile page of a customer, composed of five calls */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
  getOwnProfile: {
    parameters: {
      query?: {
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The profile of the token's own subject */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Read a customer's preferences; a change requires their ETag */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of the resource to change. */
        'If-Match': string;
      };
      path: {
        customerId: string;
      };
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
      /** @description Replace all of a customer's preferences */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
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
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of the resource to change. */
        'If-Match': string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/merge-patch+json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Change a customer's preferences by a JSON merge patch (RFC 7396) */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
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
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
        /** @description Maximum number of items on a page. */
        limit?: number;
        /** @description The cursor from the previous page. It is valid for the same path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description List a customer's orders, newest first */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The cursor is not valid */
      400: {
        headers: {
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        orderId: string;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
        /** @description Maximum number of items on a page. */
        limit?: number;
        /** @description The cursor from the previous page. It is valid for the same path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you stored. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description List a customer's notifications, newest first */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Last-Modified': components['headers']['Last-Modified'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'BFF-Degraded': components['headers']['BFF-Degraded'];
          'Cache-Status': components['headers']['Cache-Status'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is malformed, or The cursor is not valid */
      400: {
        headers: {
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
      };
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read; the first `readAt` is kept */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
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
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
        /** @description Members to include in the answer: comma-separated paths, at most 50 with 10 steps each. */
        fields?: string;
      };
      header: {
        /** @description A new key for each change, 1 to 255 characters; remembered for a week. */
        'Idempotency-Key': string;
      };
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The change was made */
      204: {
        headers: {
          ETag: components['headers']['ETag'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      /** @description Not allowed, or The access token lacks a scope */
      403: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      422: components['responses']['unprocessable'];
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      502: components['responses']['upstream-failed'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
      header?: never;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WriteReceipt'];
        };
      };
      400: components['responses']['bad-request'];
      401: components['responses']['not-authenticated'];
      403: components['responses']['forbidden'];
      404: components['responses']['not-found'];
      405: components['responses']['method-not-allowed'];
      408: components['responses']['request-timeout'];
      414: components['responses']['uri-too-long'];
      417: components['responses']['expectation-failed'];
      429: components['responses']['quota-exceeded'];
      431: components['responses']['headers-too-large'];
      500: components['responses']['internal'];
      /** @description Service temporarily unavailable, or Service overloaded */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          RateLimit: components['headers']['RateLimit'];
          Deprecation: components['headers']['Deprecation'];
          Sunset: components['headers']['Sunset'];
          Link: components['headers']['Link'];
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
