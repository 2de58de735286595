using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What a search for users found.</summary>
/// <param name="UserKeys">In their order.</param>
/// <param name="Next">Where to go on; null when all were looked at.</param>
public sealed record FoundUsers(ImmutableArray<string> UserKeys, string? Next);
