namespace Conclude.Api.Demo;

/// <summary>The demo page, and the workspace whose widget answers explain themselves for it.</summary>
public sealed class DemoOptions
{
    /// <summary><c>Conclude:Demo</c>; default: on in Development.</summary>
    public bool Enabled { get; set; }

    /// <summary><c>Conclude:Bootstrap:Workspace</c>; default <c>acme</c>.</summary>
    public string Workspace { get; set; } = "acme";

    /// <summary>Whether answers to this workspace carry verdicts.</summary>
    public bool Shows(string workspace) => Enabled && workspace == Workspace;
}
