package io.martlet.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class SampleApiTest {

    @ParameterizedTest
    @CsvSource({
        "users, 10",
        "posts, 100",
        "comments, 500",
        "posts?userId=3, 10",
        "comments?postId=7, 5",
        "posts/7/comments, 5",
        "posts?userId=11, 0"
    })
    void aListHasAllThatIsAskedFor(String path, int count, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(count, new JsonArray(answer.body()).size());
        assertEquals(
                String.valueOf(count),
                answer.headers().firstValue("X-Total-Count").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            users/1    | id name username email address phone website company
            posts/1    | userId id title body
            comments/1 | postId id name email body
            """)
    void aRowHasTheFieldsOfItsKind(String path, String fields, DemoClient client) {
        assertEquals(Set.of(fields.split(" ")), client.json(path).fieldNames());
    }

    @Test
    void aUserHasAnAddressAndACompany(DemoClient client) {
        JsonObject user = client.json("users/10");
        assertEquals(
                Set.of("street", "suite", "city", "zipcode", "geo"),
                user.getJsonObject("address").fieldNames());
        assertEquals(
                Set.of("name", "catchPhrase", "bs"),
                user.getJsonObject("company").fieldNames());
    }

    @ParameterizedTest
    @CsvSource({"users, 10", "posts, 100", "comments, 500"})
    void idsCountFromOne(String path, int count, DemoClient client) {
        List<Object> ids = client.array(path).stream()
                .map(row -> ((JsonObject) row).getValue("id"))
                .toList();
        assertEquals(IntStream.rangeClosed(1, count).boxed().toList(), ids);
    }

    @Test
    void aRowAloneIsTheOneOfTheList(DemoClient client) {
        assertEquals(client.array("posts").getJsonObject(41), client.json("posts/42"));
    }

    @Test
    void anotherServerHasTheSameData(DemoClient client) {
        try (DemoServer other = DemoServer.start(0)) {
            assertEquals(client.array("comments"), new DemoClient(other.baseUrl()).array("comments"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            posts?_page=1            | 1-10
            posts?_page=10           | 91-100
            posts?_page=2&_limit=3   | 4-6
            posts?_page=34&_limit=3  | 100-100
            posts?_limit=2           | 1-2
            """)
    void aPageIsCutOut(String path, String range, DemoClient client) {
        List<Integer> ids = client.array(path).stream()
                .map(row -> ((JsonObject) row).getInteger("id"))
                .toList();
        assertEquals(range, ids.get(0) + "-" + ids.get(ids.size() - 1));
    }

    @Test
    void aPageBehindTheLastIsEmpty(DemoClient client) {
        assertEquals(new JsonArray(), client.array("posts?_page=11"));
    }

    @Test
    void aPageLinksToItsNeighbours(DemoClient client) {
        String posts = client.baseUrl() + "posts?_page=";
        String expected = "<" + posts + "1&_limit=4&userId=3>; rel=\"first\", "
                + "<" + posts + "1&_limit=4&userId=3>; rel=\"prev\", "
                + "<" + posts + "3&_limit=4&userId=3>; rel=\"next\", "
                + "<" + posts + "3&_limit=4&userId=3>; rel=\"last\"";
        HttpResponse<String> page = client.get("posts?_page=2&_limit=4&userId=3");
        assertEquals(expected, page.headers().firstValue("Link").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                  | {"title":"x","userId":1} | {"title":"x","userId":1,"id":101}
            application/x-www-form-urlencoded | title=x                  | {"title":"x","id":101}
            """)
    void aNewPostIsEchoedWithItsId(String type, String body, String expected, DemoClient client) {
        HttpResponse<String> answer = client.send("POST", "posts", body, "Content-Type", type);
        assertEquals(201, answer.statusCode());
        assertEquals(
                client.baseUrl() + "posts/101",
                answer.headers().firstValue("Location").orElse(""));
        assertEquals(new JsonObject(expected), new JsonObject(answer.body()));
    }

    @Test
    void aPostIsReplacedAsAWhole(DemoClient client) {
        JsonObject answer = client.sendForJson("PUT", "posts/7", "{\"title\":\"x\",\"id\":9}");
        assertEquals(new JsonObject().put("title", "x").put("id", 7), answer);
    }

    @Test
    void aPostIsChangedInPart(DemoClient client) {
        JsonObject before = client.json("posts/7");
        JsonObject answer = client.sendForJson("PATCH", "posts/7", "{\"title\":\"x\"}");
        assertEquals(before.copy().put("title", "x"), answer);
        assertEquals(before, client.json("posts/7"));
    }

    @Test
    void aDeletedPostLeavesAnEmptyObject(DemoClient client) {
        assertEquals(new JsonObject(), client.sendForJson("DELETE", "posts/7", ""));
    }

    @ParameterizedTest
    @CsvSource({"users/0", "users/11", "posts/101", "posts/0/comments", "comments/501"})
    void anUnknownIdIsNotFound(String path, DemoClient client) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(404, answer.statusCode());
        assertTrue(new JsonObject(answer.body()).getString("error").startsWith("no "));
    }

    @Test
    void aPostThatIsNeitherJsonNorAFormIsABadRequest(DemoClient client) {
        assertEquals(400, client.send("POST", "posts", "[1]").statusCode());
    }
}
