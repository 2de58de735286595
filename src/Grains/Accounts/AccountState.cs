using System.Collections.Immutable;

namespace Conclude.Grains.Accounts;

/// <summary>What is stored of an account.</summary>
[GenerateSerializer, Alias("Conclude.AccountState")]
public sealed class AccountState
{
    [Id(0)] public Account? Account { get; set; }

    // 1 and 2 held the one link that could be on offer.

    /// <summary>Sign-in links on offer, the newest last.</summary>
    [Id(3)] public ImmutableArray<OfferedLink> Links { get; set; } = [];
}
