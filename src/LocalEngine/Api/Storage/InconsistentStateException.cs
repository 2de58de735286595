using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A write against a record that another activation has changed. Leaving a call, it ends the activation it came from.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The record's etag; null when there is no record.</summary>
    public string? StoredEtag { get; }

    /// <summary>The etag the writer expected.</summary>
    public string? CurrentEtag { get; }

    /// <summary>True until it has left the call in which it arose, so that it does not end the activations of callers too.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
