using System.Buffers.Binary;
using System.Text;

namespace Conclude.Testing.Circuits;

/// <summary>
/// Writes invocations of Blazor Server's hub as its <c>blazorpack</c> protocol frames them: SignalR's MessagePack messages
/// (https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md), each after its length.
/// </summary>
internal static class PackWriter
{
    public static byte[] Handshake { get; } = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray();

    public static byte[] Ping { get; } = [2, 0x91, 6];

    /// <param name="id">Of the invocation, when an answer is wanted.</param>
    /// <param name="arguments">Texts, whole numbers, truth values and null.</param>
    public static byte[] Invoke(string target, string? id, params ReadOnlySpan<object?> arguments)
    {
        using MemoryStream body = new();
        body.Write([0x95, 1, 0x80]);
        Write(body, id);
        Write(body, target);
        body.WriteByte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
        {
            Write(body, argument);
        }

        using MemoryStream framed = new();
        for (var left = (uint)body.Length; ;)
        {
            var seven = (byte)(left & 0x7f);
            left >>= 7;
            framed.WriteByte(left == 0 ? seven : (byte)(seven | 0x80));
            if (left == 0)
            {
                break;
            }
        }

        body.WriteTo(framed);
        return framed.ToArray();
    }

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(0xc0);
                break;
            case bool truth:
                to.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case long number:
                Span<byte> eight = stackalloc byte[9];
                eight[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(eight[1..], number);
                to.Write(eight);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Span<byte> five = stackalloc byte[5];
                five[0] = 0xdb;
                BinaryPrimitives.WriteInt32BigEndian(five[1..], bytes.Length);
                to.Write(five);
                to.Write(bytes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, message: null);
        }
    }
}
