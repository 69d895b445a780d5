import { encode, forge, hmac, keyPair, signerOf, unsigned, type KeyPair, type Signer } from './forge.ts';

/** A valid token in parts, so that each part can be changed. */
export interface GoodToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Signs like the issuer. */
  readonly signer: Signer;
  /** Everything public about the issuer's key, to be tried as an HMAC secret. */
  readonly publicParts: readonly (string | Buffer)[];
}

export interface Hostile {
  readonly title: string;
  readonly token: string;
}

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const attackers: readonly KeyPair[] = algorithms.map((alg) => keyPair(alg, 'attacker'));

/** Replaces the algorithm by every other one, signed with keys that are not the issuer's. */
export function* algorithmSwaps({ header, payload, signer, publicParts }: GoodToken): Generator<Hostile> {
  for (const alg of ['none', 'None', 'NONE', 'nOnE', ' none', 'none ', 'nоne', ''])
    for (const [how, sign] of [
      ['no signature', unsigned],
      ['the true signature', signer],
    ] as const)
      yield { title: `alg ${JSON.stringify(alg)}, ${how}`, token: forge({ ...header, alg }, payload, sign) };
  for (const alg of ['HS256', 'HS384', 'HS512'])
    for (const [index, secret] of ['', '\0', 'secret', ...publicParts].entries())
      for (const kid of [header['kid'], undefined, '../../dev/null'])
        yield {
          title: `${alg} with public part ${index}, kid ${String(kid)}`,
          token: forge({ ...header, alg, kid }, payload, hmac(alg, secret)),
        };
  for (const attacker of attackers)
    for (const kid of [header['kid'], 'attacker', undefined, '']) {
      const forged = forge({ ...header, alg: attacker.alg, kid }, payload, signerOf(attacker));
      yield { title: `${attacker.alg} of an attacker, kid ${String(kid)}`, token: forged };
    }
  for (const alg of [
    ...algorithms,
    'HS256',
    'A128KW',
    'dir',
    'RSA-OAEP',
    'ES256K',
    'foo',
    1,
    null,
    true,
    ['none'],
    {},
  ])
    if (alg !== header['alg'])
      yield {
        title: `alg ${JSON.stringify(alg)} said, true signature`,
        token: forge({ ...header, alg }, payload, signer),
      };
  yield { title: 'no alg', token: forge({ ...header, alg: undefined }, payload, signer) };
}

/** Adds headers that bring a key or rules, signed by the attacker's key. */
export function* headerSmuggling({ header, payload, signer }: GoodToken): Generator<Hostile> {
  for (const attacker of attackers) {
    const jwk = attacker.publicKey.export({ format: 'jwk' });
    const smuggled: Record<string, unknown>[] = [
      { jwk },
      { jwk: { ...jwk, kid: header['kid'], alg: attacker.alg } },
      { jku: 'https://attacker.example/jwks.json' },
      { x5u: 'https://attacker.example/cert.pem' },
      { x5c: ['MIIB'] },
      { jwks: { keys: [jwk] } },
    ];
    for (const extra of smuggled) {
      const forged = { ...header, ...extra, alg: attacker.alg };
      yield {
        title: `${attacker.alg} with ${Object.keys(extra)[0]}`,
        token: forge(forged, payload, signerOf(attacker)),
      };
    }
  }
  const trueButForbidden: Record<string, unknown>[] = [
    { jwk: attackers[0]!.publicKey.export({ format: 'jwk' }) },
    { jku: 'https://attacker.example/jwks.json' },
    { x5u: 'https://attacker.example/cert.pem' },
    { x5c: [] },
    { crit: ['exp'], exp: 0 },
    { crit: ['b64'], b64: false },
    { crit: ['b64'], b64: true },
    { crit: ['https://example.com/unknown'], 'https://example.com/unknown': true },
    { crit: [] },
    { crit: 'alg' },
    { crit: null },
    { b64: false, crit: ['b64', 'b64'] },
  ];
  for (const extra of trueButForbidden)
    yield {
      title: `true signature, ${JSON.stringify(extra).slice(0, 40)}`,
      token: forge({ ...header, ...extra }, payload, signer),
    };
  for (const kid of [
    'unknown',
    '',
    '__proto__',
    'constructor',
    "' OR 1=1 --",
    '../../../dev/null',
    'x'.repeat(5000),
    0,
    null,
    [],
    {},
    true,
  ])
    yield {
      title: `kid ${JSON.stringify(kid).slice(0, 30)}, attacker's signature`,
      token: forge({ ...header, kid }, payload, signerOf(attackers[6]!)),
    };
}

/** Changes the signature of a valid token. */
export function* signatureMutations({ header, payload, signer }: GoodToken): Generator<Hostile> {
  const good = forge(header, payload, signer);
  const [head = '', body = '', tail = ''] = good.split('.');
  const bytes = Buffer.from(tail, 'base64url');
  const withSignature = (signature: Buffer | string): string =>
    `${head}.${body}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`;

  for (let index = 0; index < bytes.length; index += 1)
    for (const bit of [0x01, 0x80]) {
      const flipped = Buffer.from(bytes);
      flipped[index]! ^= bit;
      yield { title: `byte ${index} of the signature ^ ${bit}`, token: withSignature(flipped) };
    }
  for (let length = 0; length < bytes.length; length += 7)
    yield { title: `signature cut to ${length}`, token: withSignature(bytes.subarray(0, length)) };
  const half = bytes.length / 2;
  const odd: readonly (readonly [string, Buffer | string])[] = [
    ['zeroes', Buffer.alloc(bytes.length)],
    ['ones', Buffer.alloc(bytes.length, 0xff)],
    ['halves swapped', Buffer.concat([bytes.subarray(half), bytes.subarray(0, half)])],
    ['twice', Buffer.concat([bytes, bytes])],
    ['a zero byte more', Buffer.concat([bytes, Buffer.alloc(1)])],
    ['DER of zeroes', Buffer.from('3006020100020100', 'hex')],
    ['padded', `${tail}=`],
    ['padded twice', `${tail}==`],
    ['standard base64', `${bytes.toString('base64')}=`],
    ['space behind', `${tail} `],
    ['line break behind', `${tail}\n`],
    ['a null behind', `${tail}\0`],
    ['a fourth part', `${tail}.`],
    ['a fourth part of data', `${tail}.${tail}`],
    ['none at all', ''],
  ];
  for (const [title, signature] of odd)
    yield { title: `signature ${title}`, token: withSignature(signature) };
  yield* unusedBits(head, body, tail);
  yield { title: 'space in front', token: ` ${good}` };
  yield { title: 'no signature part', token: `${head}.${body}` };
  yield {
    title: 'signature of another token',
    token: withSignature(forge(header, { ...payload, extra: 1 }, signer).split('.')[2]!),
  };
  yield { title: 'payload of another token', token: `${head}.${encode({ ...payload, extra: 1 })}.${tail}` };
  yield { title: 'five parts', token: `${head}.${body}.${tail}.${tail}.${tail}` };
  yield {
    title: 'flattened JSON',
    token: JSON.stringify({ protected: head, payload: body, signature: tail }),
  };
  yield {
    title: 'general JSON',
    token: JSON.stringify({ payload: body, signatures: [{ protected: head, signature: tail }] }),
  };
}

/** Changes unused bits in the last character of a part: several characters decode to the same signature. */
function* unusedBits(head: string, body: string, tail: string): Generator<Hostile> {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = Buffer.from(tail, 'base64url');
  for (const letter of alphabet) {
    const other = tail.slice(0, -1) + letter;
    if (other !== tail && Buffer.from(other, 'base64url').equals(bytes))
      yield { title: `signature ends in ${letter} instead`, token: `${head}.${body}.${other}` };
  }
}

/** Changes claims without a new signature. */
export function* tamperedClaims({ header, payload, signer }: GoodToken): Generator<Hostile> {
  const [head, , tail] = forge(header, payload, signer).split('.');
  for (const name of Object.keys(payload))
    for (const value of ['', 'admin', null, 0, ['admin'], { $gt: '' }, undefined])
      if (JSON.stringify(value) !== JSON.stringify(payload[name]))
        yield {
          title: `${name} changed to ${JSON.stringify(value)}`,
          token: `${head}.${encode({ ...payload, [name]: value })}.${tail}`,
        };
}

/** Changes claims and signs them like the issuer, which might do so by mistake or for another party. */
export function* wrongClaims(
  { header, payload, signer }: GoodToken,
  claims: Readonly<Record<string, readonly unknown[]>>,
): Generator<Hostile> {
  for (const [name, values] of Object.entries(claims))
    for (const value of values)
      yield {
        title: `${name}: ${value === undefined ? 'missing' : JSON.stringify(value).slice(0, 60)}`,
        token: forge(header, { ...payload, [name]: value }, signer),
      };
}

/** Replaces the payload by texts that are not claims, signed like the issuer. */
export function* brokenEncodings({ header, payload, signer }: GoodToken): Generator<Hostile> {
  const text = JSON.stringify(payload);
  for (const body of [
    '',
    'null',
    '[]',
    `[${text}]`,
    '"text"',
    '1',
    text.slice(0, -1),
    `${text}${text}`,
    `\uFEFF${text}x`,
    '{',
    '\0',
  ])
    yield { title: `payload ${JSON.stringify(body).slice(0, 30)}`, token: forge(header, body, signer) };
  for (const head of ['', 'null', '[]', '"text"', '{', '1', 'true'])
    yield { title: `header ${head}`, token: forge(head, payload, signer) };
  for (const token of [
    '',
    '.',
    '..',
    '...',
    'a.b',
    'a.b.c',
    '!.!.!',
    'ey',
    '\0',
    'null',
    '{}',
    'x'.repeat(10_000),
    '.'.repeat(10_000),
  ])
    yield { title: `token ${JSON.stringify(token).slice(0, 20)}`, token };
  yield {
    title: 'payload of 100 kB',
    token: forge(header, { ...payload, pad: 'x'.repeat(100_000) }, signer),
  };
}

/** Combines the families that apply to every kind of token. */
export function* hostileTokens(good: GoodToken): Generator<Hostile> {
  yield* algorithmSwaps(good);
  yield* headerSmuggling(good);
  yield* signatureMutations(good);
  yield* tamperedClaims(good);
  yield* brokenEncodings(good);
}

/** Returns all public forms of a key, to be tried as an HMAC secret. */
export function publicPartsOf({ publicKey }: KeyPair): (string | Buffer)[] {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const jwk = publicKey.export({ format: 'jwk' });
  return [
    pem,
    pem.trim(),
    pem.replaceAll('\n', '\r\n'),
    publicKey.export({ type: 'spki', format: 'der' }),
    JSON.stringify(jwk),
    ...[jwk.n, jwk.x, jwk.y]
      .filter((part) => part !== undefined)
      .flatMap((part) => [part, Buffer.from(part, 'base64url')]),
  ];
}
