// A server closes a connection that nothing came through for five seconds. A test that computes meanwhile learns of it
// too late and sends its next request into nothing: this side closes first.
import { Agent, setGlobalDispatcher } from 'undici';

setGlobalDispatcher(new Agent({ keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 }));
