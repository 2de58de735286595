using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Stream events that can no longer be delivered.</summary>
public class DataNotAvailableException : OrleansException
{
    public DataNotAvailableException()
        : this("Data not found")
    {
    }

    public DataNotAvailableException(string message)
        : base(message)
    {
    }

    public DataNotAvailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
