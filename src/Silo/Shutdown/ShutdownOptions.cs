namespace Conclude.Silo.Shutdown;

/// <summary>How the process leaves.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Conclude:Shutdown";

    /// <summary>Longer than any proxy needs to notice.</summary>
    public const int MaxDrainSeconds = 300;

    /// <summary>How long requests are still served, 0 to 300 seconds, after readiness has turned false; 0 in Development, else 5.</summary>
    public int DrainSeconds { get; set; }
}
