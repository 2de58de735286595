namespace Conclude.Dashboard.Accounts;

/// <summary>
/// One attempt at a time per account in this process: attempts side by side would all read the same count of failures, and
/// lock-out would allow as many guesses as there are connections.
/// </summary>
public sealed class SignInTurns : IDisposable
{
    // Stripes instead of one lock an address: memory does not grow with what is tried.
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    public async Task<IDisposable> Take(string email)
    {
        var stripe = _stripes[(uint)StringComparer.Ordinal.GetHashCode(email) % (uint)_stripes.Length];
        await stripe.WaitAsync();
        return new Turn(stripe);
    }

    public void Dispose()
    {
        foreach (var stripe in _stripes)
        {
            stripe.Dispose();
        }
    }

    private sealed class Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
