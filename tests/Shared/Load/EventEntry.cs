namespace Conclude.Testing.Load;

/// <summary>An event that a widget has sent at least once, and what it was first told of it.</summary>
internal sealed class EventEntry(Guid id, string user, string name)
{
    public Guid Id => id;

    public string User => user;

    public string Name => name;

    public bool Acknowledged { get; set; }

    /// <summary>Null until acknowledged.</summary>
    public string? Verdict { get; set; }

    /// <summary>The prompt that came with it.</summary>
    public Guid? Prompt { get; set; }
}
