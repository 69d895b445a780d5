import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import type { GraphqlField } from '../measured-product.ts';
import { product } from '../product.ts';
import { port, userOf } from './environment.ts';
import { undiciRead } from './calls/undici-read.ts';

/** The composed screen as a GraphQL query: each source is a resolver. */
const { typeDefs, fields } = product.composed.graphql;

interface Context {
  readonly user: string;
}
const resolverOf = ({ source, take }: GraphqlField) =>
  take
    ? async (_: unknown, __: unknown, { user }: Context) => take(await undiciRead(source, user))
    : (_: unknown, __: unknown, { user }: Context) => undiciRead(source, user);

const server = new ApolloServer<Context>({
  typeDefs,
  resolvers: {
    Query: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, resolverOf(field)])),
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
