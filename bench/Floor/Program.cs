using Conclude.Bench.Service;

// Parses and answers; keeps nothing. What no service with this contract can be faster than on this framework.
await EventsService.Run(args, open: null);
