namespace Conclude.Grains.Keys;

internal sealed class KeyGrain([PersistentState(Storage.Key, Storage.Provider)] IPersistentState<KeyState> stored) : Grain, IKeyGrain
{
    public Task<KeyOwner?> Find()
    {
        if (stored.State.Owner is null)
        {
            // A key that opens nothing is somebody's guess: it holds no memory.
            DeactivateOnIdle();
        }

        return Task.FromResult(stored.State.Owner);
    }

    public async Task<bool> Assign(KeyOwner owner)
    {
        if (stored.State.Owner is { } existing)
        {
            return existing == owner;
        }

        stored.State.Owner = owner;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception)
        {
            DeactivateOnIdle();
            throw;
        }

        return true;
    }
}
