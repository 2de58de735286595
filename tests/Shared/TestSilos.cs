using System.Globalization;

namespace Conclude.Testing;

/// <summary>On how many silos tests run in the Orleans build: <c>CONCLUDE_TEST_SILOS</c>, or one. The local engine is always one process.</summary>
internal static class TestSilos
{
    public static int Count { get; } = Environment.GetEnvironmentVariable("CONCLUDE_TEST_SILOS") is { Length: > 0 } silos
        ? int.Parse(silos, CultureInfo.InvariantCulture)
        : 1;
}
