using System.Diagnostics;

namespace Conclude.Ledger.Writing;

/// <summary>Something to be written. Its batch sets a result; the caller hears of it only after the commit.</summary>
internal abstract class Operation
{
    /// <summary>How much of a batch it takes up; a fire weighs 1.</summary>
    public virtual int Weight => 1;

    /// <summary>Roughly what it holds of memory while it waits, in bytes.</summary>
    public virtual long Bytes => 512;

    /// <summary>Waits in no bounded queue: the operation is the ledger's own.</summary>
    public virtual bool Unbounded => false;

    /// <summary>Timestamp of when it was queued.</summary>
    public long QueuedAt { get; set; }

    /// <summary>The span that waits for the commit; default where none is recorded.</summary>
    public ActivityContext Waiting { get; set; }

    public abstract void Complete();

    public abstract void Fail(Exception reason);
}
