namespace Conclude.Api.RateLimiting;

/// <summary>What became of asking for a token.</summary>
/// <param name="Wait">0 when it was taken; else the whole seconds until there is one, 1 or more.</param>
/// <param name="Remaining">Tokens left.</param>
internal readonly record struct Taken(int Wait, int Remaining);
