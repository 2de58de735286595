namespace Conclude.Testing.Network;

/// <summary>What the network between two ends does now.</summary>
internal enum ProxyMode
{
    /// <summary>Carries everything.</summary>
    Open,

    /// <summary>Resets every connection, and each new one.</summary>
    Cut,

    /// <summary>Takes every byte and delivers none; a connection that lost bytes stays dead afterwards, and neither end is told.</summary>
    BlackHole,

    /// <summary>Carries everything late, and no more than so many bytes a second.</summary>
    Slow,
}
