namespace Conclude.Ledger.Writing;

/// <summary>An operation that answers its caller.</summary>
internal abstract class Operation<T> : Operation
{
    // Callers go on where Complete or Fail is called: in Completions, never on the writer thread.
    private readonly TaskCompletionSource<T> _caller = new();

    public Task<T> Task => _caller.Task;

    /// <summary>Set by the batch, possibly more than once; the value at the commit counts.</summary>
    public T Result { get; set; } = default!;

    public override void Complete() => _caller.TrySetResult(Result);

    public override void Fail(Exception reason) => _caller.TrySetException(reason);
}
