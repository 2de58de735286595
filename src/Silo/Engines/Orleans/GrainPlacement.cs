namespace Conclude.Silo.Engines.Orleans;

/// <summary>Where a grain starts that runs nowhere yet.</summary>
internal enum GrainPlacement
{
    /// <summary>Where Orleans finds most room.</summary>
    Anywhere,

    /// <summary>On the silo that was asked for it.</summary>
    Beside,
}
