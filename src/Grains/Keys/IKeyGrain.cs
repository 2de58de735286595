namespace Conclude.Grains.Keys;

/// <summary>Which workspace and scope a key opens; the grain's own key is the hash of the API key.</summary>
[Alias("Conclude.IKeyGrain")]
public interface IKeyGrain : IGrainWithStringKey
{
    /// <summary>Null when no such key was ever made.</summary>
    [Alias("Find")]
    Task<KeyOwner?> Find();

    /// <returns>False when the key belongs to another workspace already.</returns>
    [Alias("Assign")]
    Task<bool> Assign(KeyOwner owner);

    /// <summary>Keeps when the key was used; an earlier time than the one kept changes nothing.</summary>
    [Alias("NoteUse")]
    Task NoteUse(DateTimeOffset at);

    /// <summary>About a minute behind; null when it never was.</summary>
    [Alias("LastUsed")]
    Task<DateTimeOffset?> LastUsed();
}
