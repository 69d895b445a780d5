import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { port, userOf } from './environment.ts';
import { type profileView, type ProfileSources } from './profile-view.ts';
import { undiciRead } from './undici-read.ts';

/** The same screen as a GraphQL query over five sources, each a resolver. */
const typeDefs = `#graphql
  scalar Json
  type Item { sku: String! name: String! quantity: Int! unit_cents: Int! }
  type Order {
    id: ID! status: String! placed_at: String! total_cents: Int! currency: String! note: String items: [Item!]!
  }
  type User { name: String! email: String! avatar_url: String last_login: String }
  type Query { user: User! preferences: Json! orders: [Order!]! unread_notifications: Int! loyalty_tier: String! }
`;

interface Context {
  readonly user: string;
}
type Sources = Parameters<typeof profileView>[0];
const ask = async <Name extends keyof ProfileSources>(name: Name, { user }: Context) =>
  (await undiciRead(name, user)) as Sources[Name];

const server = new ApolloServer<Context>({
  typeDefs,
  resolvers: {
    Query: {
      user: (_, __, context) => ask('user', context),
      preferences: (_, __, context) => ask('preferences', context),
      orders: async (_, __, context) => (await ask('orders', context)).items,
      unread_notifications: async (_, __, context) => (await ask('unread', context)).count,
      loyalty_tier: async (_, __, context) => (await ask('loyalty', context)).tier,
    },
  },
});
await server.start();
const app = express();
app.use(
  '/graphql',
  express.json(),
  expressMiddleware(server, { context: async ({ req }) => ({ user: userOf(req.headers) }) }),
);
app.listen(port, '127.0.0.1');
