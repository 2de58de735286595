using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>The events of one request, at least one of them a configured moment, for one user.</summary>
/// <param name="Person">Facts stated in the request; laid over what is stored.</param>
/// <param name="AnonymousId">The browser, when the request names one beside an external id: it is then linked to the person.</param>
/// <param name="ReceivedAt">Server time.</param>
/// <param name="IsBot">The user agent declares itself a crawler.</param>
[GenerateSerializer, Immutable, Alias("Conclude.FireBatch")]
public sealed record FireBatch(
    [property: Id(0)] ImmutableArray<IncomingEvent> Events,
    [property: Id(1)] Person Person,
    [property: Id(2)] string? AnonymousId,
    [property: Id(3)] PageContext Context,
    [property: Id(4)] DateTimeOffset ReceivedAt,
    [property: Id(5)] bool IsBot);
