using System.Buffers.Binary;

namespace Conclude.Silo.Commands.Seed;

/// <summary>Draws that <see cref="Random"/> does not have. Its generator is the same on every machine for a given seed.</summary>
internal static class Chance
{
    /// <summary>Of the standard normal distribution (Box and Muller, 1958).</summary>
    public static double Normal(Random chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    /// <summary>Of the exponential distribution.</summary>
    public static double Exponential(Random chance, double mean) => -mean * Math.Log(1 - chance.NextDouble());

    /// <summary>Of the Poisson distribution, for small means (Knuth's product of uniforms).</summary>
    public static int Poisson(Random chance, double mean)
    {
        var (count, floor) = (0, Math.Exp(-mean));
        for (var product = chance.NextDouble(); product > floor; product *= chance.NextDouble())
        {
            count++;
        }

        return count;
    }

    /// <summary>A version 7 UUID of that time.</summary>
    public static Guid Id(Random chance, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0fffu));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
