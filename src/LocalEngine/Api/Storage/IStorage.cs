namespace Orleans.Core;

/// <summary>A stored value's life, without its type.</summary>
public interface IStorage
{
    /// <summary>The version last read or written; null when there is no record.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    /// <summary>Removes the record and resets the value.</summary>
    Task ClearStateAsync();

    /// <summary>Writes the value if the record is still at <see cref="Etag"/>; a failure leaves the etag as it was and throws.</summary>
    Task WriteStateAsync();

    /// <summary>Reads the record; the value in memory is lost.</summary>
    Task ReadStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
