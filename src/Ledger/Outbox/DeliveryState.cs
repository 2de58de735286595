namespace Conclude.Ledger.Outbox;

/// <summary>How a delivery stands; the numbers are those of the stores.</summary>
public enum DeliveryState
{
    /// <summary>To be attempted, for the first time or again.</summary>
    Pending,
    Delivered,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>It told of a person who was erased: what it said is gone, and it is not sent any more.</summary>
    Erased,
}
