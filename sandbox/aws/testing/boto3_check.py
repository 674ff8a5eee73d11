"""What an AWS client of another language makes of the sandbox. Endpoints and keys come from the environment; prints one JSON object."""

import base64
import datetime
import json
import os

import boto3
from botocore.exceptions import ClientError

kafka = boto3.client("kafka")
cloudwatch = boto3.client("cloudwatch")
cluster_name, topic = os.environ["CHECK_CLUSTER"], os.environ["CHECK_TOPIC"]


def everything(client, operation, key, **arguments):
    return [item for page in client.get_paginator(operation).paginate(**arguments) for item in page[key]]


def error_code(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


clusters = {cluster["ClusterName"]: cluster for cluster in everything(kafka, "list_clusters_v2", "ClusterInfoList")}
arn = clusters[cluster_name]["ClusterArn"]
configs = kafka.describe_topic(ClusterArn=arn, TopicName=topic)["Configs"]
metrics = everything(cloudwatch, "list_metrics", "Metrics", Namespace="AWS/Kafka", MetricName="BytesInPerSec")
of_topic = [metric for metric in metrics if {"Name": "Topic", "Value": topic} in metric["Dimensions"]]
now = datetime.datetime.now(datetime.timezone.utc)
data = cloudwatch.get_metric_data(
    StartTime=now - datetime.timedelta(hours=1),
    EndTime=now,
    MetricDataQueries=[
        {"Id": f"m{at}", "MetricStat": {"Metric": metric, "Period": 1, "Stat": "Sum"}} for at, metric in enumerate(of_topic)
    ],
)
stranger = boto3.client("kafka", aws_access_key_id="AKIAUNKNOWN", aws_secret_access_key="unknown")
print(
    json.dumps(
        {
            "clusters": sorted(clusters),
            "brokers": len(everything(kafka, "list_nodes", "NodeInfoList", ClusterArn=arn)),
            "topics": len(everything(kafka, "list_topics", "Topics", ClusterArn=arn, TopicNameFilter=topic)),
            "retention": json.loads(base64.b64decode(configs))["retention.ms"],
            "bytes": sum(value for result in data["MetricDataResults"] for value in result["Values"]),
            "newest_is_recent": all(
                now - result["Timestamps"][0] < datetime.timedelta(minutes=5) for result in data["MetricDataResults"]
            ),
            "key_manager": boto3.client("kms").describe_key(
                KeyId=clusters[cluster_name]["Provisioned"]["EncryptionInfo"]["EncryptionAtRest"]["DataVolumeKMSKeyId"]
            )["KeyMetadata"]["KeyManager"],
            "caller": boto3.client("sts").get_caller_identity()["Account"],
            "missing": error_code(lambda: kafka.describe_topic(ClusterArn=arn, TopicName="no-such-topic")),
            "stranger": error_code(stranger.list_clusters_v2),
            "bad_period": error_code(
                lambda: cloudwatch.get_metric_data(
                    StartTime=now,
                    EndTime=now - datetime.timedelta(hours=1),
                    MetricDataQueries=[{"Id": "m", "MetricStat": {"Metric": metrics[0], "Period": 60, "Stat": "Sum"}}],
                )
            ),
        }
    )
)
