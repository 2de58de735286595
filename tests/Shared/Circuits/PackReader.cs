using System.Buffers.Binary;
using System.Text;

namespace Conclude.Testing.Circuits;

/// <summary>Reads the part of MessagePack that Blazor Server's messages use (https://github.com/msgpack/msgpack/blob/master/spec.md).</summary>
internal ref struct PackReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public int ArrayHeader() => Take(1)[0] switch
    {
        var short16 when (short16 & 0xf0) == 0x90 => short16 & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        var other => throw new InvalidDataException($"An array was expected, not 0x{other:x2}."),
    };

    public long Integer() => Take(1)[0] switch
    {
        var small when small < 0x80 => small,
        var negative when negative >= 0xe0 => (sbyte)negative,
        0xcc => Take(1)[0],
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf or 0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        0xd0 => (sbyte)Take(1)[0],
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var other => throw new InvalidDataException($"A number was expected, not 0x{other:x2}."),
    };

    public string? Text() => Take(1)[0] switch
    {
        0xc0 => null,
        var small when (small & 0xe0) == 0xa0 => Encoding.UTF8.GetString(Take(small & 0x1f)),
        0xd9 => Encoding.UTF8.GetString(Take(Take(1)[0])),
        0xda => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)))),
        0xdb => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)))),
        var other => throw new InvalidDataException($"A text was expected, not 0x{other:x2}."),
    };

    public ReadOnlySpan<byte> Binary() => Take(1)[0] switch
    {
        0xc4 => Take(Take(1)[0]),
        0xc5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xc6 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        var other => throw new InvalidDataException($"Bytes were expected, not 0x{other:x2}."),
    };

    /// <summary>What a call came to: text, a truth value, or nothing.</summary>
    public string? Answer() => _rest[0] switch
    {
        0xc2 => bool.FalseString,
        0xc3 => bool.TrueString,
        _ => Text(),
    };

    /// <summary>Blazor sends no headers.</summary>
    public void EmptyMap()
    {
        if (Take(1)[0] != 0x80)
        {
            throw new InvalidDataException("An empty map was expected.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
