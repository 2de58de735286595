using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>One event with the verdict that was decided for it, to be committed.</summary>
public sealed record Fire
{
    public required string Workspace { get; init; }
    public required Guid Id { get; init; }
    public required string Event { get; init; }
    public required string UserKey { get; init; }

    /// <summary>Client time; orders timelines, nothing else.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Server time; decides the hour, the month and every rule.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
    public required Verdict Verdict { get; init; }

    /// <summary>When the same person may be asked again, if the verdict knows; for the live feed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Test facts are stored, and shown live, but move no total, cap or quota.</summary>
    public bool Test { get; init; }

    /// <summary>A moment's name is never refused by the limits on names.</summary>
    public bool IsMoment { get; init; }
    public required FireLimits Limits { get; init; }

    /// <summary>Set exactly when the verdict is <see cref="Verdict.Shown"/>.</summary>
    public Grant? Grant { get; init; }

    /// <summary>Ids of the webhooks that are to hear when this fire brings the month to four fifths of its limit, or to all of it.</summary>
    public ImmutableArray<string> AlertTo { get; init; } = [];

    /// <summary>Shown in the live feed: external id, e-mail or a short form of the anonymous id.</summary>
    public string? UserLabel { get; init; }
}
