using System.Buffers.Binary;
using System.Text;

namespace Conclude.Testing.Otlp;

/// <summary>One message in the Protocol Buffers wire format, its fields by number.</summary>
internal sealed class Wire
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    /// <param name="message">Numbers of fixed size are kept as their bytes, varints are not needed here and left out.</param>
    public Wire(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var size = (tag & 7) switch
            {
                0 => Skip(ref message),
                1 => 8,
                2 => (int)Varint(ref message),
                5 => 4,
                _ => throw new InvalidDataException("Not a wire type in use."),
            };
            _fields.Add(((int)(tag >> 3), message[..size]));
            message = message[size..];
        }
    }

    public IEnumerable<Wire> All(params int[] path) => path switch
    {
        [] => [this],
        [var number, .. var rest] => _fields.Where(f => f.Number == number).SelectMany(f => new Wire(f.Bytes).All(rest)),
    };

    public bool Has(int number) => _fields.Exists(f => f.Number == number);

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).Span);

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    public long Fixed(int number) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(number).Span);

    private ReadOnlyMemory<byte> Bytes(int number) => _fields.Find(f => f.Number == number).Bytes;

    private static int Skip(ref ReadOnlyMemory<byte> message)
    {
        Varint(ref message);
        return 0;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[0];
            message = message[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
