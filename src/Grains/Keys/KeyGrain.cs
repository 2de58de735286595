namespace Conclude.Grains.Keys;

internal sealed class KeyGrain([PersistentState(Storage.Key, Storage.Provider)] IPersistentState<KeyState> stored) : Grain, IKeyGrain
{
    public Task<KeyOwner?> Find()
    {
        LetGoOfGuesses();
        return Task.FromResult(stored.State.Owner);
    }

    public async Task<bool> Assign(KeyOwner owner)
    {
        if (stored.State.Owner is { } existing)
        {
            return existing == owner;
        }

        stored.State.Owner = owner;
        await Write();
        return true;
    }

    public async Task NoteUse(DateTimeOffset at)
    {
        LetGoOfGuesses();
        if (stored.State.Owner is not null && (stored.State.LastUsed is not { } last || last < at))
        {
            stored.State.LastUsed = at;
            await Write();
        }
    }

    public Task<DateTimeOffset?> LastUsed()
    {
        LetGoOfGuesses();
        return Task.FromResult(stored.State.LastUsed);
    }

    /// <summary>A key that opens nothing is somebody's guess: it holds no memory.</summary>
    private void LetGoOfGuesses()
    {
        if (stored.State.Owner is null)
        {
            DeactivateOnIdle();
        }
    }

    private async Task Write()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception)
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
