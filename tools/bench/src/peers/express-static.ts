import express from 'express';
import { product } from '../product.ts';
import { port } from './environment.ts';
import { path, viewOf } from './calls/gather.ts';

/** Answers one constant object as JSON: the cost of Express when nothing is computed. */
const view = viewOf(product.composed.constant);
const app = express();
app.get(path, (_request, response) => void response.json(view));
app.listen(port, '127.0.0.1');
