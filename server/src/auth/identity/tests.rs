//! What proves who a visitor is, and what does not.

use serde_json::json;

use super::*;

const SECRET: &str = "a secret of the chatbot";
const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else {
        panic!("an object")
    };
    map
}

fn encoded(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn token(head: Value, claims: Value, secret: &str) -> String {
    let part = |value: Value| encoded(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature = mac(secret, &signed).finalize().into_bytes();
    format!("{signed}.{}", encoded(&signature))
}

fn jwt_of(head: Value, claims: Value, secret: &str) -> Claim {
    let said = object(json!({ "email": "page@example.org", "jwt": token(head, claims, secret) }));
    judge(&said, Some(SECRET), NOW)
}

fn hash(secret: &str, lines: &str) -> String {
    hex::encode(mac(secret, lines).finalize().into_bytes())
}

#[test]
fn a_hash_proves_the_details_it_was_made_of_and_no_others() {
    let good = hash(SECRET, "u-1\nMira Berg\nmira@example.org\n\n");
    let said = |id: &str, email: &str, hash: &str| {
        object(
            json!({ "id": id, "name": "Mira Berg", "email": email, "hash": hash, "attributes": { "plan": "gold" } }),
        )
    };
    let claim = judge(&said("u-1", "mira@example.org", &good), Some(SECRET), NOW);
    assert_eq!("u-1", claim.id);
    assert_eq!("mira@example.org", claim.signed.email);
    assert!(claim.signed.attributes.is_empty());
    assert_eq!("gold", claim.unsigned.attributes[0].text);
    assert!(
        judge(
            &said("u-1", "mira@example.org", &good.to_uppercase()),
            Some(SECRET),
            NOW
        )
        .is_verified()
    );

    let other = hash("another secret", "u-1\nMira Berg\nmira@example.org\n\n");
    for said in [
        said("u-2", "mira@example.org", &good),
        said("u-1", "boss@example.org", &good),
        said("u-1", "mira@example.org", &other),
        said("u-1", "mira@example.org", ""),
        said(
            "",
            "mira@example.org",
            &hash(SECRET, "\nMira Berg\nmira@example.org\n\n"),
        ),
        // The same lines, cut elsewhere.
        object(json!({ "id": "u-1\nMira Berg", "name": "mira@example.org", "hash": good })),
    ] {
        let claim = judge(&said, Some(SECRET), NOW);
        assert!(!claim.is_verified());
        assert_eq!(Told::default(), claim.signed);
        assert_eq!(told(&said), claim.unsigned);
    }
    assert!(!judge(&said("u-1", "mira@example.org", &good), None, NOW).is_verified());
}

#[test]
fn a_token_proves_its_claims() {
    let claims = json!({ "sub": "u-1", "email": "mira@example.org", "attributes": { "seats": 5, "paid": true } });
    let claim = jwt_of(json!({ "alg": "HS256", "typ": "JWT" }), claims, SECRET);
    assert_eq!("u-1", claim.id);
    assert_eq!("mira@example.org", claim.signed.email);
    let attributes: Vec<&str> = claim
        .signed
        .attributes
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(["true", "5"], attributes[..]);
    assert_eq!("page@example.org", claim.unsigned.email);
}

#[test]
fn a_token_that_is_forged_old_or_early_proves_nothing() {
    let head = || json!({ "alg": "HS256" });
    let claims = || json!({ "sub": "u-1" });
    let seconds = NOW.millis() / 1000;
    for claim in [
        jwt_of(head(), claims(), "another secret"),
        jwt_of(json!({ "alg": "none" }), claims(), SECRET),
        jwt_of(json!({ "alg": "HS512" }), claims(), SECRET),
        jwt_of(head(), json!({ "sub": "u-1", "exp": seconds - 61 }), SECRET),
        jwt_of(head(), json!({ "sub": "u-1", "exp": "tomorrow" }), SECRET),
        jwt_of(head(), json!({ "sub": "u-1", "nbf": seconds + 61 }), SECRET),
        jwt_of(head(), json!({ "email": "nobody@example.org" }), SECRET),
    ] {
        assert!(!claim.is_verified());
    }
    let good = token(head(), json!({ "sub": "u-1", "exp": seconds + 1 }), SECRET);
    assert!(jwt(&good, SECRET, NOW).is_some());
    for bad in [
        "",
        "a",
        "a.b",
        "a.b.c",
        "..",
        &good[..good.len() - 2],
        &format!("{good}="),
    ] {
        assert_eq!(None, jwt(bad, SECRET, NOW), "{bad}");
    }
}

#[test]
fn a_token_without_an_id_that_tells_visitors_apart_proves_nothing() {
    for id in [json!(""), json!(null), json!("x".repeat(201))] {
        let claims = json!({ "sub": id, "email": "boss@example.org" });
        let claim = jwt_of(json!({ "alg": "HS256" }), claims, SECRET);
        assert!(!claim.is_verified());
        assert_eq!(Told::default(), claim.signed);
        assert_eq!("page@example.org", claim.unsigned.email);
    }
}
