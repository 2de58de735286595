using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream without its type.</summary>
public interface IAsyncStream
{
    bool IsRewindable { get; }

    string ProviderName { get; }

    StreamId StreamId { get; }
}
