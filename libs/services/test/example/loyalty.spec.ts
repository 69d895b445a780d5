import { testBadResponses, testCalls, type Call } from './call-table.ts';

const tier: Call = ({ loyalty }, scope) => loyalty.tier(scope, { userId: 'alice' });

testCalls([['GET /api/v1/users/alice/tier', tier, { tier: 'gold' }]]);
testBadResponses([['a tier is a number', tier, { tier: 3 }]]);
