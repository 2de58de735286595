namespace Conclude.LocalEngine.Storage;

/// <summary>A stored value that activation reads.</summary>
internal interface IStoredValue
{
    Task ReadAsync(CancellationToken cancellationToken);
}
