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

    /// <summary>Browsers that are signed in.</summary>
    [Id(4)] public ImmutableArray<AccountSession> Sessions { get; set; } = [];

    /// <summary>When the account was last seen in each workspace.</summary>
    [Id(5)] public ImmutableSortedDictionary<string, DateTimeOffset> SeenIn { get; set; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Grows with every change of <see cref="Account"/>, and with nothing else.</summary>
    [Id(6)] public long Revision { get; set; }
}
