using System.Collections.Immutable;

namespace Conclude.Ledger.Outbox;

/// <summary>Something to be told that is stored elsewhere than in the ledger.</summary>
/// <param name="At">When it was; to the millisecond.</param>
/// <param name="Data">JSON; nothing personal, for no erasure looks into it.</param>
/// <param name="Cause">Names the fact within its workspace and millisecond: told again, it adds nothing.</param>
/// <param name="Webhooks">Ids of those that want to hear of it.</param>
[GenerateSerializer, Immutable, Alias("Conclude.ToldFact")]
public sealed record ToldFact(
    [property: Id(0)] string Type,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Data,
    [property: Id(3)] string Cause,
    [property: Id(4)] ImmutableArray<string> Webhooks);
