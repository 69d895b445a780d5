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
     * All that a profile page shows of a customer, in one answer
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
     * A customer's preferences; their ETag is what a change needs
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
     * A customer's orders, the latest first
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
     * A customer's notifications, the latest first
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
     * Mark a notification as read; the first time stands
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
     * What a write came to, by its Idempotency-Key
     * @deprecated
     * @description For when the answer of a write was lost. Only the writes of this client and user. Not found: nothing is known of it; it may have been made nevertheless, so repeat it with the same key.
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
    /** All that a profile page shows of a customer, in one answer */
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
    /** A customer's preferences; their ETag is what a change needs */
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
    /** A customer's orders, the latest first */
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
    /** A customer's notifications, the latest first */
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
    /** Mark a notification as read; the first time stands */
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
      /** @description Of a complete answer to a read. */
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
      /** @description The `cursor` of the next page, for 24 hours; null on the last page. */
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
      /** @description The `cursor` of the next page, for 24 hours; null on the last page. */
      nextCursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    OrdersAnswerV1: {
      orders?: components['schemas']['OrderV1'][];
      next_cursor?: string | null;
      _meta: components['schemas']['Meta'];
    };
    PreferencesAnswer: {
      /** @description Whatever the customer chose; the names are not part of the contract. */
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
      /** @description The path that was asked for. */
      instance: string;
      /** @description Quote it when you ask us. */
      request_id: string;
    };
    ProfileAnswer: {
      customer?: components['schemas']['Customer'];
      /** @description The latest five. */
      orders?: components['schemas']['Order'][];
      /** @description Whatever the customer chose; the names are not part of the contract. */
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
    /** @description There is nothing here */
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
    /** @description The address is too long */
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
    /** @description Something went wrong here */
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
    /** @description Strong validator of exactly this answer; the `If-None-Match` of the next. */
    ETag: string;
    /** @description When the answer last changed, as HTTP-date. Only of a complete answer whose sources all tell it; then the `If-Modified-Since` of the next request. */
    'Last-Modified': string;
    /** @description RFC 9651 list: `items;reason=timeout;fallback=default`. Only when degraded. */
    'BFF-Degraded': string;
    /** @description Seconds. */
    'Retry-After': string;
    /** @description `true` when the answer is that of an earlier request with this key. */
    'Idempotency-Replayed': string;
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
    /** @description `"burst";q=100;w=60`: quota and window in seconds. */
    'RateLimit-Policy': string;
    /** @description `"burst";r=50;t=30`: what remains, and seconds until the window ends. */
    RateLimit: string;
    /** @description RFC 9745: since when this version is deprecated. */
    Deprecation: string;
    /** @description RFC 8594: when this version ends. */
    Sunset: string;
    /** @description RFC 9745: where to read of the deprecation. */
    Link: string;
    /** @description Of the description. */
    'Content-Language': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getCustomerV1: {
    parameters: {
      query?: {
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All that a profile page shows of a customer, in one answer */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A customer's preferences; their ETag is what a change needs */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of what you change. */
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
      /** @description The change was made, and there is nothing to show */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of what you change. */
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
      /** @description The change was made, and there is nothing to show */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
        /** @description The most that one page holds. */
        limit?: number;
        /** @description As the page before named it. It belongs to its path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A customer's orders, the latest first */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
        /** @description The most that one page holds. */
        limit?: number;
        /** @description As the page before named it. It belongs to its path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A customer's notifications, the latest first */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
        'Idempotency-Key': string;
      };
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read; the first time stands */
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
      /** @description The change was made, and there is nothing to show */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
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
      /** @description What it came to */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All that a profile page shows of a customer, in one answer */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A customer's preferences; their ETag is what a change needs */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of what you change. */
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
      /** @description The change was made, and there is nothing to show */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
        'Idempotency-Key': string;
        /** @description The ETag of what you change. */
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
      /** @description The change was made, and there is nothing to show */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
        /** @description The most that one page holds. */
        limit?: number;
        /** @description As the page before named it. It belongs to its path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A customer's orders, the latest first */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
        /** @description The most that one page holds. */
        limit?: number;
        /** @description As the page before named it. It belongs to its path, `limit` and `fields`. */
        cursor?: string;
      };
      header?: {
        /** @description The ETag of the answer that you have. */
        'If-None-Match'?: string;
        /** @description The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice. */
        'If-Modified-Since'?: string;
      };
      path: {
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A customer's notifications, the latest first */
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
      /** @description You have it already: `If-None-Match` names its ETag */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
        'Idempotency-Key': string;
      };
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read; the first time stands */
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
      /** @description The change was made, and there is nothing to show */
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
        /** @description Which members to answer: comma separated paths, at most 50 of 10 steps. */
        fields?: string;
      };
      header: {
        /** @description A new one for each change, 1 to 255 characters; known for a week. */
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
      /** @description What it came to */
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
