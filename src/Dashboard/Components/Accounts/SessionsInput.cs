namespace Conclude.Dashboard.Components.Accounts;

/// <summary>The field of the list of sessions: which one to end.</summary>
public sealed class SessionsInput
{
    public string End { get; set; } = "";
}
