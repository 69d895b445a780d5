import type { Cluster, Redis } from 'ioredis';
import type { StateStore, StateTopic } from './state-store.ts';

/** The methods of a store that are Redis commands. */
export type RedisCommands = Omit<StateStore, 'isShared' | 'scan' | 'listen' | 'ping' | 'check' | 'close'>;

/** Creates the methods from commands that Redis 6.2 supports; `PEXPIRE` with NX or GT requires 7.0. */
export function redisCommands(client: Redis | Cluster): RedisCommands {
  const run = defineScripts(client);
  return {
    get: async (key) => (await client.getBuffer(key)) ?? undefined,
    set: async (key, value, ttlMs) => void (await client.set(key, value, 'PX', whole(ttlMs))),
    add: async (key, value, ttlMs) => (await client.set(key, value, 'PX', whole(ttlMs), 'NX')) === 'OK',
    replace: async (key, value, ttlMs) => (await client.set(key, value, 'PX', whole(ttlMs), 'XX')) === 'OK',
    touch: async (key, ttlMs) => (await client.pexpire(key, whole(ttlMs))) === 1,
    take: async (key) => (await client.getdelBuffer(key)) ?? undefined,
    delete: async (key) => (await client.del(key)) === 1,
    replaceIf: async (key, expected, value, ttlMs) =>
      (await run.replaceIf(1, key, expected, value, whole(ttlMs))) === 1,
    deleteIf: async (key, expected) => (await run.deleteIf(1, key, expected)) === 1,
    async increment(key, by, ttlMs) {
      // INCRBY keeps the time to live that the first addition set.
      const [, sum] = results(
        await client.multi().set(key, 0, 'PX', whole(ttlMs), 'NX').incrby(key, by).exec(),
      );
      return Number(sum);
    },
    count: async (counters) =>
      (await run.count(
        counters.length,
        ...counters.map(({ key }) => key),
        ...counters.flatMap(({ ttlMs, limit }) => [whole(ttlMs), limit]),
      )) as number[],
    setAdd: async (key, member, ttlMs) => void (await run.setAdd(1, key, member, whole(ttlMs))),
    setRemove: async (key, member) => void (await client.srem(key, member)),
    setMembers: (key) => client.smembers(key),
    markUsed: async (key, members, max, ttlMs) =>
      (await run.markUsed(1, key, whole(ttlMs), max, ...members)) as string[],
    publish: async (topic, text) => void (await client.publish(channelOf(topic), text)),
  };
}

/** Compares and sets in one step; between two commands another replica could write. */
const replaceIf = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;
const deleteIf = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;
const count = `local counts = {}
for i, key in ipairs(KEYS) do
  counts[i] = redis.call('INCRBY', key, 1)
  if counts[i] == 1 then redis.call('PEXPIRE', key, ARGV[2 * i - 1]) end
  if counts[i] > tonumber(ARGV[2 * i]) then break end
end
return counts`;
/**
 * Adds a member to a set, and extends the time to live. PTTL returns -1 for a set without expiry: that is a
 * new set, because this store gives every set an expiry.
 */
const setAdd = `redis.call('SADD', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1`;

/**
 * Implements `markUsed` by a sorted set. The score of a member is a counter instead of the time, because the
 * clocks of replicas differ.
 */
const markUsed = `local last = tonumber(redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or 0)
for i = 3, #ARGV do redis.call('ZADD', KEYS[1], last + i - 2, ARGV[i]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local last_dropped = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[2]) - 1
if last_dropped < 0 then return {} end
local dropped = redis.call('ZRANGE', KEYS[1], 0, last_dropped)
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, last_dropped)
return dropped`;

/** Runs a script. @param keys number of the arguments that are keys; they come first */
type Script = (keys: number, ...args: (string | number | Buffer)[]) => Promise<unknown>;
type Scripts = Readonly<Record<keyof typeof scripts, Script>>;
const scripts = { replaceIf, deleteIf, count, setAdd, markUsed };

/**
 * Defines the scripts as commands of ioredis. It sends a script in the first call on a connection (EVAL), then only its
 * hash (EVALSHA), and the script again when Redis has lost it.
 */
function defineScripts(client: Redis | Cluster): Scripts {
  const defined = client as unknown as Record<string, Script>;
  const entries = Object.entries(scripts).map(([name, lua]) => {
    client.defineCommand(`bff:${name}`, { lua });
    return [name, (...args: Parameters<Script>) => (defined[`bff:${name}`] as Script)(...args)];
  });
  return Object.fromEntries(entries) as Scripts;
}

const whole = (ttlMs: number): number => Math.max(1, Math.ceil(ttlMs));

/** Returns the channel with a prefix, because all databases of a Redis server share its channels. */
export const channelOf = (topic: StateTopic): string => `bff:${topic}`;

function results(replies: [Error | null, unknown][] | null): unknown[] {
  return (replies ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
}
