using System.Text;
using System.Text.Json;

namespace Conclude.Cluster.Tests.Hosting;

internal static class Json
{
    public static StringContent Of(object value) => new(JsonSerializer.Serialize(value), Encoding.UTF8, "application/json");
}
