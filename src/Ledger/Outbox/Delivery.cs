namespace Conclude.Ledger.Outbox;

/// <summary>One fact on its way to one webhook.</summary>
public sealed record Delivery
{
    /// <summary>Stays the same through every attempt; begins with the time, so ids sort as deliveries do.</summary>
    public required Guid Id { get; init; }
    public required string Webhook { get; init; }
    public required string Type { get; init; }

    /// <summary>Which of the workspace's told facts it is, from 1; the same for each webhook that hears of it.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the fact was.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The fact as JSON; null when it is an answer.</summary>
    public string? Data { get; init; }

    /// <summary>The answer it tells of, as it is stored now; null for other facts.</summary>
    public ToldAnswer? Answer { get; init; }
    public required DeliveryState State { get; init; }

    /// <summary>Start of the time within which it is tried: the fact's, or the last replay's.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Attempts since then.</summary>
    public required int Tries { get; init; }

    /// <summary>Attempts ever.</summary>
    public required int Attempts { get; init; }

    /// <summary>Null unless pending.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The last attempt's end.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>HTTP status that the last attempt met; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Of the last attempt.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why the last attempt failed, in words without anything the receiver said.</summary>
    public string? Error { get; init; }
}
