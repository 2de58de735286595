namespace Conclude.Testing.Load;

/// <summary>What the tabs of one browser share.</summary>
internal sealed class Browser(bool isPerson)
{
    private volatile Visitor _visitor = new(isPerson);

    public Visitor Visitor => _visitor;

    /// <summary>Signs out: what follows is somebody else's.</summary>
    public void Reset(Visitor from)
    {
        if (_visitor == from)
        {
            _visitor = from.Next();
        }
    }
}
