namespace Conclude.Testing.Load;

/// <summary>A prompt that a widget was given, and the steps it took: sent at least once, and acknowledged by a 204.</summary>
internal sealed class PromptEntry(Guid id, string user, string name)
{
    private readonly Dictionary<string, (string Value, bool Acknowledged)> _steps = new(StringComparer.Ordinal);

    public Guid Id => id;

    public string User => user;

    public string Name => name;

    /// <summary>A step that ends it was sent.</summary>
    public bool Closing { get; set; }

    public void Sent(string step, string value)
    {
        lock (_steps)
        {
            _steps[step] = (value, _steps.TryGetValue(step, out var earlier) && earlier.Acknowledged);
        }
    }

    public void Acknowledge(string step)
    {
        lock (_steps)
        {
            _steps[step] = (_steps[step].Value, true);
        }
    }

    /// <summary>What was sent with a step, and whether it was acknowledged; null when it was never sent.</summary>
    public (string Value, bool Acknowledged)? Step(string step)
    {
        lock (_steps)
        {
            return _steps.TryGetValue(step, out var found) ? found : null;
        }
    }
}
