namespace Orleans.Streams;

/// <summary>Events that a slow subscriber has lost.</summary>
public sealed class QueueCacheMissException : DataNotAvailableException
{
    public QueueCacheMissException()
        : this("Item no longer in cache")
    {
    }

    public QueueCacheMissException(string message)
        : base(message)
    {
    }

    public QueueCacheMissException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
