namespace Conclude.Ledger.Adoption;

/// <summary>What a column holds, in the same .NET type whichever store it is read from.</summary>
internal enum ColumnKind
{
    /// <summary><see cref="short"/>.</summary>
    Small,

    /// <summary><see cref="int"/>.</summary>
    Integer,

    /// <summary><see cref="long"/>.</summary>
    Big,

    /// <summary><see cref="bool"/>.</summary>
    Truth,

    /// <summary><see cref="string"/>.</summary>
    Text,

    /// <summary><see cref="System.Guid"/>; 16 bytes, big-endian, on SQLite.</summary>
    Uuid,
}
