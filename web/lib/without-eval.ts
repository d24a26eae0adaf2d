import { config } from 'zod';

// zod would compile its schemas by `new Function`, which the page's content security policy forbids.
// Imported first of all, as schemas ask for this when they are made.
config({ jitless: true });
