/** Payloads as printed in the specifications. */
const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
const common = { iat: 1615305159, txn: 8675309 };

/** CAEP 1.0, section 3.1: the session by its id. */
export const sessionRevokedById = {
  iss: 'https://idp.example.com/123456789/',
  jti: '24c63fb56e5a2d77a6b512616ca9fa24',
  aud: 'https://sp.example.com/caep',
  ...common,
  sub_id: { format: 'opaque', id: 'dMTlD|1600802906337.16|16008.16' },
  events: { [`${caep}session-revoked`]: { event_timestamp: 1615304991643 } },
};

/** CAEP 1.0, section 3.1: a complex subject of session, user and tenant. */
export const sessionRevokedOfUser = {
  ...sessionRevokedById,
  sub_id: {
    format: 'complex',
    session: { format: 'opaque', id: 'dMTlD|1600802906337.16|16008.16' },
    user: {
      format: 'iss_sub',
      iss: 'https://idp.example.com/123456789/',
      sub: '99beb27c-c1c2-4955-882a-e0dc4996fcbc',
    },
    tenant: { format: 'opaque', id: '123456789' },
  },
  events: {
    [`${caep}session-revoked`]: {
      initiating_entity: 'policy',
      reason_admin: { en: 'Landspeed Policy Violation: C076E82F' },
      reason_user: {
        en: 'Access attempt from multiple regions.',
        'es-410': 'Intento de acceso desde varias regiones.',
      },
      event_timestamp: 1615304991643,
    },
  },
};

/** CAEP 1.0, section 3.1: user, device and tenant. */
export const sessionRevokedOfDevice = {
  ...sessionRevokedById,
  sub_id: {
    format: 'complex',
    user: {
      format: 'iss_sub',
      iss: 'https://idp.example.com/123456789/',
      sub: 'jane.smith@example.com',
    },
    device: {
      format: 'iss_sub',
      iss: 'https://idp.example.com/123456789/',
      sub: 'e9297990-14d2-42ec-a4a9-4036db86509a',
    },
    tenant: { format: 'opaque', id: '123456789' },
  },
};

/** CAEP 1.0, section 3.2: by the id of a token, which is not stored here. */
export const tokenClaimsChange = {
  iss: 'https://idp.example.com/987654321/',
  jti: '9afce1e4e642b165fcaacdd0e7aa4903',
  aud: 'https://sp.example2.net/caep',
  ...common,
  sub_id: {
    format: 'jwt_id',
    iss: 'https://idp.example.com/987654321/',
    jti: 'f61t6e20zdo3px56gepu8rzlsp4c1dpc0fx7',
  },
  events: {
    [`${caep}token-claims-change`]: { event_timestamp: 1615304991643, claims: { role: 'ro-admin' } },
  },
};

/** CAEP 1.0, section 3.3: a credential was added. */
export const credentialChange = {
  iss: 'https://idp.example.com/3456789/',
  jti: '07efd930f0977e4fcc1149a733ce7f78',
  aud: 'https://sp.example2.net/caep',
  ...common,
  sub_id: {
    format: 'iss_sub',
    iss: 'https://idp.example.com/3456789/',
    sub: 'jane.smith@example.com',
  },
  events: {
    [`${caep}credential-change`]: {
      credential_type: 'fido2-roaming',
      change_type: 'create',
      fido2_aaguid: 'accced6a-63f5-490a-9eea-e59bc1896cfc',
      friendly_name: "Jane's USB authenticator",
      initiating_entity: 'user',
      reason_admin: { en: 'User self-enrollment' },
      event_timestamp: 1615304991643,
    },
  },
};

/** CAEP 1.0, section 3.5: an event without effect here. */
export const assuranceLevelChange = {
  ...credentialChange,
  events: {
    [`${caep}assurance-level-change`]: {
      namespace: 'NIST-AAL',
      current_level: 'nist-aal2',
      previous_level: 'nist-aal1',
      change_direction: 'increase',
      initiating_entity: 'user',
      event_timestamp: 1615304991643,
    },
  },
};

/** RISC 1.0, section 2.4: the subject inside the event, in the form of 2018. */
export const accountDisabled = {
  iss: 'https://idp.example.com/',
  jti: '756E69717565206964656E746966696572',
  iat: 1508184845,
  aud: '636C69656E745F6964',
  events: {
    [`${risc}account-disabled`]: {
      subject: { subject_type: 'iss-sub', iss: 'https://idp.example.com/', sub: '7375626A656374' },
      reason: 'hijacking',
    },
  },
};

/** Shared Signals Framework 1.0, section 8.1.4.1. */
export const verification = {
  jti: '123456',
  iss: 'https://transmitter.example.com',
  aud: 'receiver.example.com',
  iat: 1493856000,
  sub_id: { format: 'opaque', id: 'f67e39a0a4d34d56b3aa1bc4cff0069f' },
  events: {
    'https://schemas.openid.net/secevent/ssf/event-type/verification': {
      state: 'VGhpcyBpcyBhbiBleGFtcGxlIHN0YXRlIHZhbHVlLgo=',
    },
  },
};

/** RFC 9493, section 3.2.8. */
export const aliases = {
  format: 'aliases',
  identifiers: [
    { format: 'email', email: 'user@example.com' },
    { format: 'phone_number', phone_number: '+12065550100' },
    { format: 'email', email: 'user+qualifier@example.com' },
  ],
};
